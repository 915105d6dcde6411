using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Veelocity.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class BuildsAndCohorts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_pull_requests_organization_id_merged_at",
                table: "pull_requests");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "chosen_at",
                table: "workflows",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "chosen_by_user_id",
                table: "workflows",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "chosen_mobile",
                table: "workflows",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "archived_by_user_id",
                table: "teams",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "agent_pattern",
                table: "organizations",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "copilot|claude|cursor|devin|codex|jules|openhands|swe-agent|coding-agent|sweep-ai|amazon-q|gemini-code|factory-droid|windsurf");

            migrationBuilder.AddColumn<string>(
                name: "git_hub_user_id",
                table: "accounts",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "build_rules",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    set = table.Column<string>(type: "jsonb", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_by_user_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_build_rules", x => x.organization_id);
                    table.ForeignKey(
                        name: "fk_build_rules_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "builds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    repository_id = table.Column<Guid>(type: "uuid", nullable: false),
                    workflow_id = table.Column<Guid>(type: "uuid", nullable: false),
                    run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    series_id = table.Column<Guid>(type: "uuid", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    platform = table.Column<string>(type: "text", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    is_first = table.Column<bool>(type: "boolean", nullable: false),
                    eventual = table.Column<string>(type: "text", nullable: false),
                    is_flaky = table.Column<bool>(type: "boolean", nullable: false),
                    failure = table.Column<string>(type: "text", nullable: true),
                    failed_job = table.Column<string>(type: "text", nullable: true),
                    failed_step = table.Column<string>(type: "text", nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    duration_seconds = table.Column<double>(type: "double precision", nullable: true),
                    queue_seconds = table.Column<double>(type: "double precision", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_builds", x => x.id);
                    table.ForeignKey(
                        name: "fk_builds_workflow_runs_run_id",
                        column: x => x.run_id,
                        principalTable: "workflow_runs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "workflow_files",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    repository_id = table.Column<Guid>(type: "uuid", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false),
                    jobs = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_workflow_files", x => x.id);
                    table.ForeignKey(
                        name: "fk_workflow_files_repositories_repository_id",
                        column: x => x.repository_id,
                        principalTable: "repositories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_pull_requests_organization_id",
                table: "pull_requests",
                column: "organization_id",
                filter: "state = 'open'");

            migrationBuilder.CreateIndex(
                name: "ix_pull_requests_organization_id_closed_at",
                table: "pull_requests",
                columns: new[] { "organization_id", "closed_at" },
                filter: "closed_at IS NOT NULL AND merged_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_pull_requests_organization_id_first_review_at",
                table: "pull_requests",
                columns: new[] { "organization_id", "first_review_at" },
                filter: "first_review_at IS NOT NULL")
                .Annotation("Npgsql:IndexInclude", new[] { "id", "repository_id", "author_account_id", "ready_at", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_pull_requests_organization_id_merged_at",
                table: "pull_requests",
                columns: new[] { "organization_id", "merged_at" },
                descending: new[] { false, true },
                filter: "merged_at IS NOT NULL")
                .Annotation("Npgsql:IndexInclude", new[] { "id", "repository_id", "author_account_id", "ready_at", "first_review_at", "is_revert" });

            migrationBuilder.CreateIndex(
                name: "ix_builds_organization_id_started_at",
                table: "builds",
                columns: new[] { "organization_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_builds_repository_id_started_at",
                table: "builds",
                columns: new[] { "repository_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_builds_run_id",
                table: "builds",
                column: "run_id");

            migrationBuilder.CreateIndex(
                name: "ix_builds_series_id",
                table: "builds",
                column: "series_id");

            migrationBuilder.CreateIndex(
                name: "ix_workflow_files_repository_id",
                table: "workflow_files",
                column: "repository_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "build_rules");

            migrationBuilder.DropTable(
                name: "builds");

            migrationBuilder.DropTable(
                name: "workflow_files");

            migrationBuilder.DropIndex(
                name: "ix_pull_requests_organization_id",
                table: "pull_requests");

            migrationBuilder.DropIndex(
                name: "ix_pull_requests_organization_id_closed_at",
                table: "pull_requests");

            migrationBuilder.DropIndex(
                name: "ix_pull_requests_organization_id_first_review_at",
                table: "pull_requests");

            migrationBuilder.DropIndex(
                name: "ix_pull_requests_organization_id_merged_at",
                table: "pull_requests");

            migrationBuilder.DropColumn(
                name: "chosen_at",
                table: "workflows");

            migrationBuilder.DropColumn(
                name: "chosen_by_user_id",
                table: "workflows");

            migrationBuilder.DropColumn(
                name: "chosen_mobile",
                table: "workflows");

            migrationBuilder.DropColumn(
                name: "archived_by_user_id",
                table: "teams");

            migrationBuilder.DropColumn(
                name: "agent_pattern",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "git_hub_user_id",
                table: "accounts");

            migrationBuilder.CreateIndex(
                name: "ix_pull_requests_organization_id_merged_at",
                table: "pull_requests",
                columns: new[] { "organization_id", "merged_at" },
                descending: new[] { false, true },
                filter: "merged_at IS NOT NULL");
        }
    }
}
