using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Veelocity.Web.Data.Migrations
{
    [DbContext(typeof(VeelocityDb))]
    [Migration("20261130222000_ChangesAndReverts")]
    public partial class ChangesAndReverts : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            AddArray(migrationBuilder, "commits", "named_reverts");
            AddArray(migrationBuilder, "pull_requests", "named_reverts");
            AddArray(migrationBuilder, "pull_requests", "commit_shas");
            AddArray(migrationBuilder, "deployments", "failure_reasons");

            // Data: what was recognized before, in the new words.
            migrationBuilder.Sql(
                """
                UPDATE pull_requests SET named_reverts = array_remove(ARRAY[
                    'number:' || reverts_number, 'commit:' || reverts_sha,
                    CASE WHEN reverts_number IS NULL AND reverts_sha IS NULL THEN 'title:' || title END], NULL)
                WHERE is_revert;
                UPDATE deployments SET failure_reasons = ARRAY[failed_by] WHERE failed_by IS NOT NULL;
                """);

            migrationBuilder.DropIndex(name: "ix_pull_requests_repository_id", table: "pull_requests");
            migrationBuilder.DropColumn(name: "reverts_number", table: "pull_requests");
            migrationBuilder.DropColumn(name: "reverts_sha", table: "pull_requests");
            migrationBuilder.AlterColumn<bool>(name: "is_revert", table: "pull_requests", type: "boolean", nullable: false, defaultValue: false);
            migrationBuilder.AddColumn<bool>(name: "is_from_fork", table: "pull_requests", type: "boolean", nullable: false, defaultValue: false);
            migrationBuilder.AddColumn<bool>(name: "is_hotfix", table: "pull_requests", type: "boolean", nullable: false, defaultValue: false);
            migrationBuilder.AddColumn<string>(name: "left_out", table: "pull_requests", type: "text", nullable: true);
            migrationBuilder.AddColumn<string>(name: "head_sha", table: "repositories", type: "text", nullable: true);
            migrationBuilder.AddColumn<Guid>(name: "repeats_id", table: "deployments", type: "uuid", nullable: true);
            AddPattern(migrationBuilder, "excluded_branch_pattern", "^(release-please--|changeset-release/|release-plz-)");
            AddPattern(migrationBuilder, "excluded_label_pattern", "^autorelease: ");
            AddPattern(migrationBuilder, "excluded_path_pattern", "");
            AddPattern(migrationBuilder, "excluded_title_pattern", "^(chore(\\([^)]*\\))?: release( |$)|version packages)");

            migrationBuilder.CreateTable(
                name: "reverts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    repository_id = table.Column<Guid>(type: "uuid", nullable: false),
                    pull_request_id = table.Column<Guid>(type: "uuid", nullable: true),
                    commit_sha = table.Column<string>(type: "text", nullable: true),
                    reverted_pull_request_id = table.Column<Guid>(type: "uuid", nullable: true),
                    reverted_sha = table.Column<string>(type: "text", nullable: true),
                    merged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deployment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    reverted_deployment_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reverts", x => x.id);
                    table.ForeignKey("fk_reverts_repositories_repository_id", x => x.repository_id, "repositories", "id", onDelete: ReferentialAction.Cascade);
                });
            foreach (var column in new[] { "deployment_id", "pull_request_id", "repository_id", "reverted_deployment_id", "reverted_pull_request_id" })
                migrationBuilder.CreateIndex($"ix_reverts_{column}", "reverts", column);
            migrationBuilder.CreateIndex("ix_reverts_organization_id_merged_at", "reverts", ["organization_id", "merged_at"]);
            migrationBuilder.CreateIndex("ix_commits_repository_id", "commits", "repository_id", filter: "cardinality(named_reverts) > 0");
        }

        protected override void Down(MigrationBuilder migrationBuilder) => throw new NotSupportedException("Restore a backup instead.");

        private static void AddArray(MigrationBuilder migrationBuilder, string table, string column) =>
            migrationBuilder.AddColumn<string[]>(name: column, table: table, type: "text[]", nullable: false, defaultValueSql: "ARRAY[]::text[]");

        private static void AddPattern(MigrationBuilder migrationBuilder, string column, string value) =>
            migrationBuilder.AddColumn<string>(
                name: column, table: "organizations", type: "character varying(200)", maxLength: 200, nullable: false, defaultValue: value);
    }
}
