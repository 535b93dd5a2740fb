using System.Collections.Concurrent;

namespace MovieSir.Tests.Infrastructure;

/// <summary>
/// One thread that lives as long as this program, to start processes from. A child that asked to be told of its parent's death
/// (PR_SET_PDEATHSIG) is told when the <em>thread</em> that started it ends, and threads of the pool come and go.
/// </summary>
internal static class LastingThread
{
    private static readonly BlockingCollection<Action> Work = [];

    static LastingThread() => new Thread(() =>
    {
        foreach (var action in Work.GetConsumingEnumerable())
        {
            action();
        }
    })
    { IsBackground = true, Name = nameof(LastingThread) }.Start();

    public static Task<T> RunAsync<T>(Func<T> function)
    {
        var task = new Task<T>(function);
        Work.Add(() => task.RunSynchronously());
        return task;
    }
}
