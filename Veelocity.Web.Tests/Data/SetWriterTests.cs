using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Database;

namespace Veelocity.Web.Tests.Data;

public sealed class SetWriterTests
{
    private static readonly Guid Owner = Guid.CreateVersion7();
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task New_rows_are_inserted_and_the_same_rows_again_change_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddOrganizationAsync(database);

        Assert.Equal(2, await MergeAsync(database, AnAccount("1"), AnAccount("2")));
        Assert.Equal(0, await MergeAsync(database, AnAccount("1"), AnAccount("2")));
    }

    [Fact]
    public async Task Unchanged_rows_are_not_even_locked()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddOrganizationAsync(database);
        await MergeAsync(database, AnAccount("1"), AnAccount("2"));
        await MergeAsync(database, AnAccount("1"), AnAccount("2", login: "renamed"));

        await using var db = database.Open();
        var touched = await db.Database.SqlQuery<string>($"SELECT external_id AS \"Value\" FROM accounts WHERE xmax <> 0").ToListAsync(cancellation);
        Assert.Equal(["2"], touched);
        Assert.Equal(["renamed", "user-1"], await LoginsAsync(database));
    }

    [Fact]
    public async Task A_linked_column_is_left_as_it_is()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddOrganizationAsync(database);
        var account = AnAccount("1");
        await MergeAsync(database, account);
        await using (var db = database.Open())
        {
            db.People.Add(new Person { Id = account.Id, OrganizationId = Owner, Name = "Ada" });
            await db.SaveChangesAsync(cancellation);
            await db.Accounts.IgnoreQueryFilters().ExecuteUpdateAsync(set => set.SetProperty(a => a.PersonId, account.Id), cancellation);
        }

        await MergeAsync(database, AnAccount("1", login: "renamed"));

        await using var look = database.Open();
        var stored = await look.Accounts.IgnoreQueryFilters().SingleAsync(cancellation);
        Assert.Equal((account.Id, "renamed"), (stored.PersonId!.Value, stored.Login));
    }

    [Fact]
    public async Task A_known_name_survives_an_answer_that_does_not_tell_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddOrganizationAsync(database);
        await MergeAsync(database, AnAccount("1", name: "Ada"));

        Assert.Equal(0, await MergeAsync(database, AnAccount("1", name: null)));
        Assert.Equal(1, await MergeAsync(database, AnAccount("1", name: "Ada Lovelace")));
    }

    [Fact]
    public async Task Replacing_deletes_what_is_no_longer_there_and_only_within_the_scope()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddOrganizationAsync(database);
        var (here, there) = (await AddRepositoryAsync(database, "here"), await AddRepositoryAsync(database, "there"));
        await ReplaceAsync(database, here, AnEnvironment(here, "production"), AnEnvironment(here, "staging"));
        await ReplaceAsync(database, there, AnEnvironment(there, "production"));

        Assert.Equal(2, await ReplaceAsync(database, here, AnEnvironment(here, "staging"), AnEnvironment(here, "preview")));

        await using var db = database.Open();
        var names = await db.DeploymentEnvironments.IgnoreQueryFilters().OrderBy(e => e.Name).Select(e => e.Name).ToListAsync(cancellation);
        Assert.Equal(["preview", "production", "staging"], names);
    }

    private static Account AnAccount(string externalId, string? login = null, string? name = null) => new()
    {
        Id = Account.IdOf(Owner, "github", externalId),
        OrganizationId = Owner,
        Provider = "github",
        ExternalId = externalId,
        Login = login ?? "user-" + externalId,
        Name = name,
    };

    private static DeploymentEnvironment AnEnvironment(Guid repositoryId, string name) =>
        new() { OrganizationId = Owner, RepositoryId = repositoryId, Name = name };

    private async Task AddOrganizationAsync(TestDatabase database)
    {
        await using var db = database.Open();
        db.Organizations.Add(new Organization { Id = Owner, Name = "Acme", Slug = "acme", TimeZone = "UTC", CreatedAt = At });
        await db.SaveChangesAsync(cancellation);
    }

    private async Task<Guid> AddRepositoryAsync(TestDatabase database, string name)
    {
        await using var db = database.Open();
        var connection = new Connection { OrganizationId = Owner, Kind = name };
        var repository = new Repository
        {
            Id = Repository.IdOf(Owner, name),
            OrganizationId = Owner,
            ConnectionId = connection.Id,
            ExternalId = name,
            FullName = "acme/" + name,
            Url = "https://github.example/acme/" + name,
            CreatedAt = At,
        };
        db.AddRange(connection, repository);
        await db.SaveChangesAsync(cancellation);
        return repository.Id;
    }

    private Task<int> MergeAsync(TestDatabase database, params Account[] accounts) =>
        InTransactionAsync(database, writer => writer.MergeAsync(accounts, cancellation));

    private Task<int> ReplaceAsync(TestDatabase database, Guid repositoryId, params DeploymentEnvironment[] environments) =>
        InTransactionAsync(database, writer => writer.ReplaceAsync(environments, "repository_id", repositoryId, cancellation));

    private async Task<int> InTransactionAsync(TestDatabase database, Func<SetWriter, Task<int>> write)
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var changed = await write(new SetWriter(db));
        await transaction.CommitAsync(cancellation);
        return changed;
    }

    private async Task<List<string>> LoginsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.Accounts.IgnoreQueryFilters().OrderBy(a => a.Login).Select(a => a.Login).ToListAsync(cancellation);
    }
}
