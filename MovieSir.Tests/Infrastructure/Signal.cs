using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MovieSir.Tests.Infrastructure;

/// <summary>Signals that <see cref="Process"/> cannot send, by their numbers on Linux and macOS.</summary>
internal enum Signal
{
    Interrupt = 2,
    Quit = 3,
    Terminate = 15,
}

internal static class SignalExtensions
{
    /// <summary>Sends a signal; a process that has already ended is left alone.</summary>
    public static void Send(this Process process, Signal signal)
    {
        if (!process.HasExited)
        {
            _ = Kill(process.Id, (int)signal);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int processId, int signal);
}
