namespace MovieSir.AppHost.Local;

/// <summary>Which port on 127.0.0.1 each service gets, checked to be free before anything starts.</summary>
internal sealed class PortPlan(LocalOptions options)
{
    public int For(string service)
    {
        if (options.FreePorts)
        {
            return LoopbackPort.Free();
        }

        var port = options.Ports[service];
        return LoopbackPort.IsFree(port)
            ? port
            : throw new LocalRunException(
                $"Port {port}, which {service} needs, is taken by another program. Stop that program, choose another port "
                + $"(--{service}-port NUMBER), or let MovieSir take free ones (--free-ports).");
    }
}
