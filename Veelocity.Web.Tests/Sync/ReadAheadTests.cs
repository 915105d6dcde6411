using System.Runtime.CompilerServices;
using Veelocity.Web.Connectors;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Tests.Sync;

public sealed class ReadAheadTests
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;
    private int fetched;

    [Fact]
    public async Task Fetching_goes_on_while_a_group_is_stored_and_what_waits_becomes_one_group()
    {
        await using var ahead = new ReadAhead(cancellation);
        ahead.Start(stop => Fetch(10, stop));
        var groups = new List<int>();
        await foreach (var group in ahead.GroupsAsync(cancellation))
        {
            groups.Add(group.Count);
            await UntilAsync(() => fetched == 10);
        }
        Assert.Equal(10, groups.Sum());
        Assert.InRange(groups.Count, 1, 2);
    }

    [Fact]
    public async Task A_slow_store_holds_the_fetching_back()
    {
        await using var ahead = new ReadAhead(cancellation);
        ahead.Start(stop => Fetch(1_000, stop));
        await foreach (var group in ahead.GroupsAsync(cancellation))
        {
            await Task.Delay(300, cancellation);
            Assert.InRange(fetched, group.Count, group.Count + 18);
            break;
        }
    }

    [Fact]
    public async Task A_group_is_no_larger_than_what_one_transaction_should_hold()
    {
        await using var ahead = new ReadAhead(cancellation);
        ahead.Start(stop => Fetch(12, stop, factsPerBatch: 1_000));
        await UntilAsync(() => fetched == 12);
        var groups = new List<int>();
        await foreach (var group in ahead.GroupsAsync(cancellation)) groups.Add(group.Sum(batch => batch.Facts.Count));
        Assert.Equal([5_000, 5_000, 2_000], groups);
    }

    [Fact]
    public async Task What_the_connector_throws_comes_after_what_it_had_read()
    {
        await using var ahead = new ReadAhead(cancellation);
        ahead.Start(stop => Fetch(3, stop, end: new ConnectorException(ConnectorFault.RateLimited, "Too many.")));
        var stored = 0;
        var limited = await Assert.ThrowsAsync<ConnectorException>(async () =>
        {
            await foreach (var group in ahead.GroupsAsync(cancellation)) stored += group.Count;
        });
        Assert.Equal((3, "Too many."), (stored, limited.Message));
    }

    [Fact]
    public async Task A_question_about_what_is_stored_waits_until_all_of_it_is()
    {
        await using var ahead = new ReadAhead(cancellation);
        var (stored, seen) = (0, -1);
        ahead.Start(stop => Fetch(6, stop, before: async step =>
        {
            if (step != 5) return;
            await ahead.SettleAsync(stop);
            seen = stored;
        }));
        await foreach (var group in ahead.GroupsAsync(cancellation))
        {
            await Task.Delay(50, cancellation);
            stored += group.Count;
        }
        Assert.Equal((5, 6), (seen, stored));
    }

    [Fact]
    public async Task Giving_up_ends_the_fetching_and_whatever_it_waits_for()
    {
        var ahead = new ReadAhead(cancellation);
        var ended = new TaskCompletionSource();
        ahead.Start(stop => Fetch(1_000, stop, before: step => step == 2 ? ahead.SettleAsync(stop) : Task.CompletedTask, ended: ended));
        await UntilAsync(() => fetched == 2);
        await ahead.DisposeAsync();
        await Wait.OnAsync(ended.Task);
        Assert.Equal(2, fetched);
    }

    private async IAsyncEnumerable<FactBatch> Fetch(
        int batches, [EnumeratorCancellation] CancellationToken stop, int factsPerBatch = 1, Exception? end = null, Func<int, Task>? before = null,
        TaskCompletionSource? ended = null)
    {
        try
        {
            for (var step = 0; step < batches; step++)
            {
                if (before is not null) await before(step);
                stop.ThrowIfCancellationRequested();
                fetched++;
                yield return new FactBatch([.. Enumerable.Repeat(Sample.Repository("web"), factsPerBatch)], null, "", step, null, 1, 0);
            }
            if (end is not null) throw end;
        }
        finally
        {
            ended?.SetResult();
        }
    }

    private static Task UntilAsync(Func<bool> isSo) => Wait.UntilAsync(isSo, () => "It never came so far");
}
