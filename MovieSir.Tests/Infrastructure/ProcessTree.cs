using System.Globalization;

namespace MovieSir.Tests.Infrastructure;

/// <summary>Processes as <c>/proc</c> tells of them.</summary>
internal static class ProcessTree
{
    public static IReadOnlyList<int> ChildrenOf(int process)
    {
        var file = $"/proc/{process}/task/{process}/children";
        return File.Exists(file)
            ? [.. File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))]
            : [];
    }

    /// <summary>A process and all that it started, parents first.</summary>
    public static IEnumerable<int> Of(int process) => ChildrenOf(process).SelectMany(Of).Prepend(process);

    /// <summary>A process that has ended and is not yet reaped by its parent is not alive.</summary>
    public static bool IsAlive(int process)
    {
        try
        {
            var status = File.ReadAllText($"/proc/{process}/stat");
            return status[status.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
