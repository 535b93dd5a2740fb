using System.Runtime.InteropServices;

namespace MovieSir.AppHost.Local;

/// <summary>One run of the whole system, from the first start to the last stop.</summary>
internal static class LocalRun
{
    private static readonly PosixSignal[] StopSignals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    /// <returns>0 when it was asked to stop, 1 when it could not start or a service is broken.</returns>
    public static async Task<int> StartAsync(LocalOptions options)
    {
        try
        {
            var paths = LocalPaths.Find();
            Directory.CreateDirectory(paths.Run);
            using var only = ClaimCheckout(paths);
            var model = LocalModel.Create(options, paths);
            Secrets.WriteForOwnerOnly(paths.EnvironmentFile, string.Concat(model.Addresses.Select(each => $"{each.Key}='{each.Value}'\n")));
            await RunAsync(model, paths, new Terminal(model.Services.Select(service => service.Name), options.Quiet));
            return 0;
        }
        catch (LocalRunException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
    }

    private static async Task RunAsync(LocalModel model, LocalPaths paths, Terminal terminal)
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var registrations = StopSignals.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true; // the runtime would end the process here; we stop the services first
            stop.TrySetResult();
        })).ToList();
        var state = new StateFile(paths.State, model.Services);
        var supervisors = Supervise(model, paths, terminal, state);
        try
        {
            var runs = supervisors.Select(supervisor => supervisor.Start()).ToList();
            _ = AnnounceAsync(model, supervisors, terminal);
            await UntilStoppedOrBrokenAsync(stop.Task, runs);
        }
        finally
        {
            terminal.Say("stopping");
            foreach (var supervisor in Enumerable.Reverse(supervisors))
            {
                await supervisor.StopAsync();
                supervisor.Dispose();
            }

            state.Remove();
            File.Delete(paths.EnvironmentFile);
            terminal.Say("stopped");
            registrations.ForEach(registration => registration.Dispose());
        }
    }

    private static List<ServiceSupervisor> Supervise(LocalModel model, LocalPaths paths, Terminal terminal, StateFile state)
    {
        var supervisors = new List<ServiceSupervisor>();
        foreach (var service in model.Services)
        {
            var dependencies = supervisors.Where(supervisor => service.DependsOn.Contains(supervisor.Name)).ToList();
            supervisors.Add(new ServiceSupervisor(service, dependencies, terminal, state, new ServiceLog(paths.Log(service.Name))));
        }

        return supervisors;
    }

    private static async Task AnnounceAsync(LocalModel model, List<ServiceSupervisor> supervisors, Terminal terminal)
    {
        await Task.WhenAll(supervisors.Select(supervisor => supervisor.Ready));
        foreach (var service in model.Services.Where(service => service.Url is not null))
        {
            terminal.Say($"{service.Name}: {service.Url}");
        }
    }

    /// <summary>A job's end is no reason to stop; a broken service is.</summary>
    private static async Task UntilStoppedOrBrokenAsync(Task stop, List<Task> runs)
    {
        while (!stop.IsCompleted && runs.Count > 0)
        {
            var first = await Task.WhenAny([stop, .. runs]);
            await first;
            runs.Remove(first);
        }
    }

    private static FileStream ClaimCheckout(LocalPaths paths)
    {
        try
        {
            return new FileStream(paths.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new LocalRunException("MovieSir already runs from this checkout: ./moviesir status shows it, ./moviesir down stops it.");
        }
    }
}
