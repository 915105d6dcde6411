namespace Veelocity.Web.Api.V1;

/// <summary>Examples of the sync resource for the API's description.</summary>
internal static class SyncExamples
{
    public const string Trigger = """{"connector": "github", "full": false}""";

    public const string Running = """
        {
          "id": "019aa0c4-8f5e-7c1b-9d3a-5b1f0c2d4e6f", "connector": "github", "trigger": "manual", "full": false, "status": "running",
          "requested_at": "2026-11-01T09:30:00Z", "started_at": "2026-11-01T09:30:01Z", "finished_at": null, "cancel_requested_at": null,
          "parked_until": null, "phase": "Pull requests of acme/web", "done": 1250, "total": 4800, "rate_per_second": 41.7, "seconds_left": 85.1,
          "changed_rows": 3711, "items": {"repositories": 12, "pull_requests": 1238}, "requests": 61, "points": 140, "error": null, "problems": []
        }
        """;

    public const string Ended = """
        {
          "id": "019aa0b1-02c7-7d11-8e44-c0ffee000001", "connector": "github_actions", "trigger": "schedule", "full": false, "status": "done",
          "requested_at": "2026-11-01T09:15:00Z", "started_at": "2026-11-01T09:15:04Z", "finished_at": "2026-11-01T09:15:21Z", "cancel_requested_at": null,
          "parked_until": null, "phase": null, "done": 96, "total": 96, "rate_per_second": null, "seconds_left": null, "changed_rows": 40,
          "items": {"workflow_runs": 96}, "requests": 38, "points": 12, "error": null,
          "problems": [{"scope": "acme/legacy", "cause": "feature_disabled", "message": "Actions are switched off in this repository."}]
        }
        """;

    public const string Queued = $"[{Running}]";

    public const string List = $$"""{"items": [{{Running}}, {{Ended}}], "page": 1, "per_page": 50, "total": 2}""";

    public const string Standing = $"[{Ended}]";
}
