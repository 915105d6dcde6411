using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Webhooks;

/// <summary>The registered hooks: what happens to the world is written down at once and delivered soon after.</summary>
public sealed class HookRegistry : IDisposable
{
    private readonly World _world;
    private readonly TimeProvider _clock;
    private readonly IServer _server;
    private readonly HookSender _sender;
    private readonly List<Hook> _hooks = [];
    private readonly Random _dice = new(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Task> _lines = [];
    private readonly List<Task> _underWay = [];

    internal HookRegistry(World world, TimeProvider clock, IServer server)
    {
        (_world, _clock, _server, _sender) = (world, clock, server, new HookSender(Deliveries));
        world.Listen(Hear);
    }

    /// <summary>Every delivery so far.</summary>
    public DeliveryLog Deliveries { get; } = new();

    /// <summary>The hooks.</summary>
    public IReadOnlyList<Hook> All
    {
        get
        {
            lock (_gate)
                return [.. _hooks];
        }
    }

    /// <summary>Registers a hook, which is told by a ping.</summary>
    public Hook Add(Hook hook) => _world.Change(() =>
    {
        var known = hook with { Id = _world.NextId() };
        lock (_gate)
            _hooks.Add(known);
        var place = known.Repository?.Split('/') is [var owner, var name] ? _world.FindRepository(owner, name) : null;
        Deliver(known, "ping", null, place, HookPayloads.Ping(Answers(), known, place));
        return known;
    });

    /// <summary>Has a hook behave otherwise from now on; false when it is not there.</summary>
    public bool Replace(long id, Func<Hook, Hook> by)
    {
        lock (_gate)
        {
            var place = _hooks.FindIndex(hook => hook.Id == id);
            if (place >= 0)
                _hooks[place] = by(_hooks[place]) with { Id = id };
            return place >= 0;
        }
    }

    /// <summary>Forgets a hook.</summary>
    public bool Remove(long id)
    {
        lock (_gate)
            return _hooks.RemoveAll(hook => hook.Id == id) > 0;
    }

    /// <summary>Sends a delivery once more, under the same delivery id, whatever became of it before.</summary>
    public async Task<bool> Redeliver(long id)
    {
        if (Deliveries.Find(id) is not { } delivery || All.FirstOrDefault(hook => hook.Id == delivery.HookId) is not { } hook)
            return false;
        await _sender.Send(hook, delivery, TargetOf(hook));
        return true;
    }

    /// <summary>Waits until everything that is to be delivered was answered or given up.</summary>
    public async Task Settle()
    {
        while (true)
        {
            Task[] open;
            lock (_gate)
            {
                _underWay.RemoveAll(task => task.IsCompleted);
                open = [.. _underWay];
            }

            if (open.Length == 0)
                return;
            await Task.WhenAll(open);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _sender.Dispose();

    internal void Clear()
    {
        lock (_gate)
            _hooks.Clear();
        Deliveries.Clear();
    }

    private void Hear(Happening happening)
    {
        var wanting = All.Where(hook => hook.Wants(happening.Event, happening.Repository.FullName)).ToList();
        if (wanting.Count == 0)
            return;
        var body = HookPayloads.Of(Answers(), happening);
        foreach (var hook in wanting)
            Deliver(hook, happening.Event, happening.Action, happening.Repository, body);
    }

    private void Deliver(Hook hook, string happening, string? action, Repository? place, string body)
    {
        var delivery = Deliveries.Add(new HookDelivery(_world.NextId(), Guid.NewGuid(), hook.Id, happening, action, place?.FullName ?? "", _clock.GetUtcNow(), body));
        for (var copy = 0; copy < hook.Copies && !hook.IsSilent; copy++)
        {
            lock (_gate)
            {
                var wait = TimeSpan.FromMilliseconds(hook.DelayMilliseconds + _dice.Next(hook.ShuffleMilliseconds + 1));
                // In line, unless they are to overtake each other.
                var before = hook.ShuffleMilliseconds > 0 ? Task.CompletedTask : _lines.GetValueOrDefault(hook.Id, Task.CompletedTask);
                var sent = Task.Run(() => Send(before, wait, hook, delivery));
                _lines[hook.Id] = sent;
                _underWay.Add(sent);
            }
        }
    }

    private async Task Send(Task before, TimeSpan wait, Hook hook, HookDelivery delivery)
    {
        await before;
        await Task.Delay(wait);
        await _sender.Send(hook, delivery, TargetOf(hook));
    }

    private long TargetOf(Hook hook) =>
        hook.Repository?.Split('/') is [var owner, var name]
            ? _world.FindRepository(owner, name)?.Id ?? 0
            : _world.Accounts.FirstOrDefault(account => account.Kind == AccountKind.Organization)?.Id ?? 0;

    // Payloads hold the same addresses as answers do.
    private Exchange Answers()
    {
        var root = _server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://127.0.0.1";
        return new Exchange(new Caller("ghp_hook"), RequestKind.Rest, _world, root, root);
    }
}
