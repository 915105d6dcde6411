using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>What the file of a workflow contains on the default branch: not its text, only the words by which builds are known.</summary>
public sealed class WorkflowFile : IOwned, IEntityTypeConfiguration<WorkflowFile>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid RepositoryId { get; init; }

    /// <summary>As workflows name it: <c>.github/workflows/deploy.yml</c>.</summary>
    public required string Path { get; init; }

    public WorkflowJobWords[] Jobs { get; init; } = [];

    public static Guid IdOf(Guid repositoryId, string path) => StableId.From(repositoryId, "workflow file", path);

    public void Configure(EntityTypeBuilder<WorkflowFile> builder)
    {
        builder.Property(f => f.Jobs).IsJson();
        builder.HasIndex(f => f.RepositoryId);
        builder.HasOne<Repository>().WithMany().HasForeignKey(f => f.RepositoryId);
    }
}

/// <summary>A job as its workflow's file describes it.</summary>
/// <param name="Key">Its key in the file.</param>
/// <param name="Name">As people see it, which may hold expressions; the key when it has none.</param>
/// <param name="Words">The runners it asks for, the actions it uses and the beginnings of its commands.</param>
public sealed record WorkflowJobWords(string Key, string Name, string[] Words);
