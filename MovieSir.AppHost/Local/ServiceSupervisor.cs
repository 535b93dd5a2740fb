using System.Diagnostics;

namespace MovieSir.AppHost.Local;

/// <summary>Keeps one service running: waits for what it depends on, starts it, tells when it is ready, starts it again when it ends.</summary>
internal sealed class ServiceSupervisor : IDisposable
{
    /// <summary>A service that ends this often without ever having been ready is broken, not unlucky.</summary>
    private const int MaximumFailuresBeforeReady = 5;
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan CalmAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ReminderInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(35); // the services' own limit is 30 s

    private readonly Service _service;
    private readonly IReadOnlyList<ServiceSupervisor> _dependencies;
    private readonly Terminal _terminal;
    private readonly StateFile _state;
    private readonly ServiceLog _log;
    private readonly CancellationTokenSource _stopping = new();
    private volatile TaskCompletionSource _ready = NewGate();
    private bool _hasBeenReady;
    private Task _run = Task.CompletedTask;

    public ServiceSupervisor(
        Service service, IReadOnlyList<ServiceSupervisor> dependencies, Terminal terminal, StateFile state, ServiceLog log) =>
        (_service, _dependencies, _terminal, _state, _log) = (service, dependencies, terminal, state, log);

    public string Name => _service.Name;

    /// <summary>Completes when the service is ready; after a crash a new one stands here.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Starts supervising.</summary>
    /// <returns>Completes when the service is stopped, or with a <see cref="LocalRunException"/> when it is broken.</returns>
    public Task Start() => _run = RunAsync();

    /// <summary>Stops the service, by force where it does not end in time.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // who started it awaits the same task for its outcome
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _log.Dispose();
    }

    private async Task RunAsync()
    {
        var failures = 0;
        try
        {
            while (true)
            {
                Report(ServiceStatus.Waiting, null);
                await Task.WhenAll(_dependencies.Select(dependency => dependency.Ready)).WaitAsync(_stopping.Token);
                var started = Stopwatch.GetTimestamp();
                var exitCode = await RunOnceAsync();
                if (_service.IsReady is null && exitCode == 0)
                {
                    Report(ServiceStatus.Completed, null);
                    BecomeReady(started);
                    return;
                }

                failures = Stopwatch.GetElapsedTime(started) > CalmAfter ? 1 : failures + 1;
                if (!_hasBeenReady && failures >= MaximumFailuresBeforeReady)
                {
                    throw new LocalRunException($"{Name} ended {failures} times before it was ready. Its last words:\n{_log.LastLines}");
                }

                await BackOffAsync(exitCode, failures);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            Report(ServiceStatus.Stopped, null);
        }
    }

    private async Task<int> RunOnceAsync()
    {
        var started = Stopwatch.GetTimestamp();
        using var process = await LastingThread.RunAsync(StartProcess);
        Report(ServiceStatus.Starting, process.Id);
        using var ended = new CancellationTokenSource();
        var watching = WatchReadinessAsync(process, started, ended.Token);
        try
        {
            await process.WaitForExitAsync(_stopping.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await StopProcessAsync(process);
            throw;
        }
        finally
        {
            await ended.CancelAsync();
            await watching;
            if (_ready.Task.IsCompleted)
            {
                _ready = NewGate();
            }
        }
    }

    private async Task WatchReadinessAsync(Process process, long started, CancellationToken ended)
    {
        if (_service.IsReady is null)
        {
            return;
        }

        try
        {
            var reminded = started;
            while (!await _service.IsReady(ended))
            {
                if (Stopwatch.GetElapsedTime(reminded) > ReminderInterval)
                {
                    reminded = Stopwatch.GetTimestamp();
                    _terminal.Say($"{Name} is not ready yet, {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s after its start");
                }

                await Task.Delay(ProbeInterval, ended);
            }

            Report(ServiceStatus.Ready, process.Id);
            BecomeReady(started);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The process ended first; who waits for it deals with that.
        }
    }

    private void BecomeReady(long started)
    {
        var verb = _service.IsReady is null ? "has completed" : "is ready";
        _terminal.Say($"{Name} {verb} ({Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s)");
        _hasBeenReady = true;
        _ready.SetResult();
    }

    private async Task BackOffAsync(int exitCode, int failures)
    {
        var seconds = Math.Min(FirstBackOff.TotalSeconds * Math.Pow(2, failures - 1), LongestBackOff.TotalSeconds);
        var pause = TimeSpan.FromSeconds(seconds);
        _terminal.Say($"{Name} ended with code {exitCode}; starting it again in {pause.TotalSeconds:F1} s");
        _state.Update(Name, state => state with { Status = ServiceStatus.BackingOff, ProcessId = null, Restarts = state.Restarts + 1 });
        await Task.Delay(pause, _stopping.Token);
    }

    private async Task StopProcessAsync(Process process)
    {
        process.Send(_service.StopSignal);
        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _terminal.Say($"{Name} did not end within {StopLimit.TotalSeconds:F0} s and is killed");
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>
    /// In a session of its own, so that Ctrl-C reaches the runner alone, which then stops all in order; and told by the kernel when the runner
    /// dies, however that happens, so that none is left behind.
    /// </summary>
    private Process StartProcess()
    {
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] command = ["setpriv", "--pdeathsig", "TERM", _service.FileName, .. _service.Arguments];
        foreach (var argument in command)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in _service.Environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Relay(line.Data);
        process.ErrorDataReceived += (_, line) => Relay(line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Relay(string? line)
    {
        if (line is not null)
        {
            _log.Write(line);
            _terminal.Relay(Name, line);
        }
    }

    private void Report(ServiceStatus status, int? processId) =>
        _state.Update(Name, state => state with { Status = status, ProcessId = processId });

    private static TaskCompletionSource NewGate() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
