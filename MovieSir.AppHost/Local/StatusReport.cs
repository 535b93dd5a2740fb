using System.Diagnostics;

namespace MovieSir.AppHost.Local;

/// <summary>What runs from this checkout, for people.</summary>
internal static class StatusReport
{
    /// <returns>0 when everything is ready, 1 when something is not, 3 when nothing runs (as LSB init scripts answer).</returns>
    public static int Print(LocalPaths paths, TextWriter output)
    {
        var state = StateFile.Read(paths.State);
        if (state is null || !IsAlive(state.ProcessId))
        {
            output.WriteLine("MovieSir is not running. Start it with ./moviesir up");
            return 3;
        }

        output.WriteLine($"{"SERVICE",-12}{"STATUS",-14}{"PID",-10}{"RESTARTS",-10}URL");
        foreach (var service in state.Services)
        {
            output.WriteLine($"{service.Name,-12}{service.Status,-14}{service.ProcessId,-10}{service.Restarts,-10}{service.Url}");
        }

        return state.Ready ? 0 : 1;
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
