using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Veelocity.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class MessyRepositories : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_pull_requests_organization_id_merged_at",
                table: "pull_requests");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ownership_decided_at",
                table: "teams",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "former_urls",
                table: "repositories",
                type: "text[]",
                nullable: false,
                defaultValue: new string[0]);

            migrationBuilder.AddColumn<bool>(
                name: "is_reviewed",
                table: "pull_requests",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid[]>(
                name: "service_ids",
                table: "pull_requests",
                type: "uuid[]",
                nullable: false,
                defaultValue: new Guid[0]);

            migrationBuilder.AlterColumn<string>(
                name: "production_pattern",
                table: "organizations",
                type: "character varying(500)",
                maxLength: 500,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200);

            migrationBuilder.AlterColumn<string>(
                name: "not_deploy_pattern",
                table: "organizations",
                type: "character varying(500)",
                maxLength: 500,
                nullable: false,
                defaultValue: "preview|staging|drafter",
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldDefaultValue: "preview|staging|drafter");

            migrationBuilder.AlterColumn<string>(
                name: "hotfix_pattern",
                table: "organizations",
                type: "character varying(500)",
                maxLength: 500,
                nullable: false,
                defaultValue: "(^|[^a-z])(hot-?fix|roll-?forward|incident)",
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldDefaultValue: "(^|[^a-z])(hot-?fix|roll-?forward|incident)");

            migrationBuilder.AlterColumn<string>(
                name: "deploy_pattern",
                table: "organizations",
                type: "character varying(500)",
                maxLength: 500,
                nullable: false,
                defaultValue: "deploy|release|publish",
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldDefaultValue: "deploy|release|publish");

            migrationBuilder.AlterColumn<string>(
                name: "deploy_label_pattern",
                table: "organizations",
                type: "character varying(500)",
                maxLength: 500,
                nullable: false,
                defaultValue: "^(deploy|release)",
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldDefaultValue: "^(deploy|release)");

            migrationBuilder.AlterColumn<string>(
                name: "bot_pattern",
                table: "organizations",
                type: "character varying(500)",
                maxLength: 500,
                nullable: false,
                defaultValue: "(^|[^a-z0-9])(bot|robot|ci|automation|renovate)[0-9]*([^a-z0-9]|$)|^renovate|^(dependabot|greenkeeper|snyk|mergify|codecov|github-actions|semantic-release|allcontributors|imgbot|web-flow)(-?bot)?$",
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldDefaultValue: "^(dependabot|renovate|greenkeeper|snyk|mergify|codecov|github-actions|semantic-release|pre-commit-ci|allcontributors|imgbot|web-flow)(-?bot)?$");

            migrationBuilder.AlterColumn<string>(
                name: "agent_pattern",
                table: "organizations",
                type: "character varying(500)",
                maxLength: 500,
                nullable: false,
                defaultValue: "copilot|claude|cursor|devin|codex|jules|openhands|swe-agent|coding-agent|sweep-ai|amazon-q|gemini-code|factory-droid|windsurf",
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldDefaultValue: "copilot|claude|cursor|devin|codex|jules|openhands|swe-agent|coding-agent|sweep-ai|amazon-q|gemini-code|factory-droid|windsurf");

            migrationBuilder.AddColumn<bool>(
                name: "has_unknown_end",
                table: "incidents",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "is_production",
                table: "incidents",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "merged_at",
                table: "incidents",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "merged_by_user_id",
                table: "incidents",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "merged_into_id",
                table: "incidents",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "names_other",
                table: "incidents",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "report",
                table: "incidents",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "split_at",
                table: "incidents",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "split_by_user_id",
                table: "incidents",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "unlinked_causes",
                table: "incidents",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "window_deployment_id",
                table: "incidents",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "window_gap_seconds",
                table: "incidents",
                type: "double precision",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "unknown_urls",
                table: "connections",
                type: "text[]",
                nullable: false,
                defaultValue: new string[0]);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "run_created_at",
                table: "builds",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.CreateTable(
                name: "environment_changes",
                columns: table => new
                {
                    pull_request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    service_id = table.Column<Guid>(type: "uuid", nullable: false),
                    environment = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    repository_id = table.Column<Guid>(type: "uuid", nullable: false),
                    deployment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    deployed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    left_out = table.Column<string>(type: "text", nullable: true),
                    lead_seconds = table.Column<double>(type: "double precision", nullable: false),
                    coding_seconds = table.Column<double>(type: "double precision", nullable: false),
                    pickup_seconds = table.Column<double>(type: "double precision", nullable: true),
                    review_seconds = table.Column<double>(type: "double precision", nullable: true),
                    merge_seconds = table.Column<double>(type: "double precision", nullable: false),
                    deploy_seconds = table.Column<double>(type: "double precision", nullable: false),
                    is_by_time = table.Column<bool>(type: "boolean", nullable: false),
                    is_skewed = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_environment_changes", x => new { x.pull_request_id, x.service_id, x.environment });
                    table.ForeignKey(
                        name: "fk_environment_changes_deployments_deployment_id",
                        column: x => x.deployment_id,
                        principalTable: "deployments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_environment_changes_pull_requests_pull_request_id",
                        column: x => x.pull_request_id,
                        principalTable: "pull_requests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_pull_requests_organization_id_merged_at",
                table: "pull_requests",
                columns: new[] { "organization_id", "merged_at" },
                descending: new[] { false, true },
                filter: "merged_at IS NOT NULL")
                .Annotation("Npgsql:IndexInclude", new[] { "id", "repository_id", "author_account_id", "ready_at", "is_reviewed", "is_revert" });

            migrationBuilder.CreateIndex(
                name: "ix_incidents_merged_into_id",
                table: "incidents",
                column: "merged_into_id",
                filter: "merged_into_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_deployments_organization_id_started_at",
                table: "deployments",
                columns: new[] { "organization_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_builds_organization_id_run_created_at",
                table: "builds",
                columns: new[] { "organization_id", "run_created_at" },
                filter: "is_first");

            migrationBuilder.CreateIndex(
                name: "ix_environment_changes_deployment_id",
                table: "environment_changes",
                column: "deployment_id");

            migrationBuilder.CreateIndex(
                name: "ix_environment_changes_organization_id_environment_deployed_at",
                table: "environment_changes",
                columns: new[] { "organization_id", "environment", "deployed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_environment_changes_repository_id",
                table: "environment_changes",
                column: "repository_id");

            migrationBuilder.AddForeignKey(
                name: "fk_incidents_incidents_merged_into_id",
                table: "incidents",
                column: "merged_into_id",
                principalTable: "incidents",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);

            // The default bot pattern that nobody changed becomes the new one, and workflows that were taken for deleted say so no longer
            // until the next sync knows. Descriptions are not stored, so what they name counts as a mention until it is read again.
            // Everything is derived again with the next sync.
            migrationBuilder.Sql("""
                UPDATE organizations SET bot_pattern = DEFAULT
                WHERE bot_pattern = '^(dependabot|renovate|greenkeeper|snyk|mergify|codecov|github-actions|semantic-release|pre-commit-ci|allcontributors|imgbot|web-flow)(-?bot)?$';
                UPDATE workflows SET state = 'active' WHERE state = 'deleted';
                DELETE FROM sync_cursors WHERE resource = 'workflows';
                DELETE FROM issue_state_spans s USING issues i
                WHERE i.id = s.issue_id AND s.started_at = i.created_at AND s.ended_at IS NULL
                  AND NOT EXISTS (SELECT FROM issue_state_spans o WHERE o.issue_id = s.issue_id AND o.id <> s.id);
                UPDATE pull_requests SET named_issues = ARRAY(
                    SELECT CASE WHEN named LIKE 'description:%' THEN named || ':mention' ELSE named END FROM unnest(named_issues) named)
                WHERE EXISTS (SELECT FROM unnest(named_issues) named WHERE named LIKE 'description:%');
                UPDATE builds b SET run_created_at = r.created_at FROM workflow_runs r WHERE r.id = b.run_id;
                UPDATE pull_requests SET is_reviewed = TRUE WHERE first_review_at IS NOT NULL;
                UPDATE teams t SET ownership_decided_at = now()
                WHERE EXISTS (SELECT FROM team_repositories r WHERE r.team_id = t.id) OR EXISTS (SELECT FROM team_services s WHERE s.team_id = t.id);
                UPDATE repositories SET linked_at = NULL;
                UPDATE connections SET linked_at = NULL WHERE changed_at IS NOT NULL;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_incidents_incidents_merged_into_id",
                table: "incidents");

            migrationBuilder.DropTable(
                name: "environment_changes");

            migrationBuilder.DropIndex(
                name: "ix_pull_requests_organization_id_merged_at",
                table: "pull_requests");

            migrationBuilder.DropIndex(
                name: "ix_incidents_merged_into_id",
                table: "incidents");

            migrationBuilder.DropIndex(
                name: "ix_deployments_organization_id_started_at",
                table: "deployments");

            migrationBuilder.DropIndex(
                name: "ix_builds_organization_id_run_created_at",
                table: "builds");

            migrationBuilder.DropColumn(
                name: "ownership_decided_at",
                table: "teams");

            migrationBuilder.DropColumn(
                name: "former_urls",
                table: "repositories");

            migrationBuilder.DropColumn(
                name: "is_reviewed",
                table: "pull_requests");

            migrationBuilder.DropColumn(
                name: "service_ids",
                table: "pull_requests");

            migrationBuilder.DropColumn(
                name: "has_unknown_end",
                table: "incidents");

            migrationBuilder.DropColumn(
                name: "is_production",
                table: "incidents");

            migrationBuilder.DropColumn(
                name: "merged_at",
                table: "incidents");

            migrationBuilder.DropColumn(
                name: "merged_by_user_id",
                table: "incidents");

            migrationBuilder.DropColumn(
                name: "merged_into_id",
                table: "incidents");

            migrationBuilder.DropColumn(
                name: "names_other",
                table: "incidents");

            migrationBuilder.DropColumn(
                name: "report",
                table: "incidents");

            migrationBuilder.DropColumn(
                name: "split_at",
                table: "incidents");

            migrationBuilder.DropColumn(
                name: "split_by_user_id",
                table: "incidents");

            migrationBuilder.DropColumn(
                name: "unlinked_causes",
                table: "incidents");

            migrationBuilder.DropColumn(
                name: "window_deployment_id",
                table: "incidents");

            migrationBuilder.DropColumn(
                name: "window_gap_seconds",
                table: "incidents");

            migrationBuilder.DropColumn(
                name: "unknown_urls",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "run_created_at",
                table: "builds");

            migrationBuilder.AlterColumn<string>(
                name: "production_pattern",
                table: "organizations",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(500)",
                oldMaxLength: 500);

            migrationBuilder.AlterColumn<string>(
                name: "not_deploy_pattern",
                table: "organizations",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "preview|staging|drafter",
                oldClrType: typeof(string),
                oldType: "character varying(500)",
                oldMaxLength: 500,
                oldDefaultValue: "preview|staging|drafter");

            migrationBuilder.AlterColumn<string>(
                name: "hotfix_pattern",
                table: "organizations",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "(^|[^a-z])(hot-?fix|roll-?forward|incident)",
                oldClrType: typeof(string),
                oldType: "character varying(500)",
                oldMaxLength: 500,
                oldDefaultValue: "(^|[^a-z])(hot-?fix|roll-?forward|incident)");

            migrationBuilder.AlterColumn<string>(
                name: "deploy_pattern",
                table: "organizations",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "deploy|release|publish",
                oldClrType: typeof(string),
                oldType: "character varying(500)",
                oldMaxLength: 500,
                oldDefaultValue: "deploy|release|publish");

            migrationBuilder.AlterColumn<string>(
                name: "deploy_label_pattern",
                table: "organizations",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "^(deploy|release)",
                oldClrType: typeof(string),
                oldType: "character varying(500)",
                oldMaxLength: 500,
                oldDefaultValue: "^(deploy|release)");

            migrationBuilder.AlterColumn<string>(
                name: "bot_pattern",
                table: "organizations",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "^(dependabot|renovate|greenkeeper|snyk|mergify|codecov|github-actions|semantic-release|pre-commit-ci|allcontributors|imgbot|web-flow)(-?bot)?$",
                oldClrType: typeof(string),
                oldType: "character varying(500)",
                oldMaxLength: 500,
                oldDefaultValue: "(^|[^a-z0-9])(bot|robot|ci|automation|renovate)[0-9]*([^a-z0-9]|$)|^renovate|^(dependabot|greenkeeper|snyk|mergify|codecov|github-actions|semantic-release|allcontributors|imgbot|web-flow)(-?bot)?$");

            migrationBuilder.AlterColumn<string>(
                name: "agent_pattern",
                table: "organizations",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "copilot|claude|cursor|devin|codex|jules|openhands|swe-agent|coding-agent|sweep-ai|amazon-q|gemini-code|factory-droid|windsurf",
                oldClrType: typeof(string),
                oldType: "character varying(500)",
                oldMaxLength: 500,
                oldDefaultValue: "copilot|claude|cursor|devin|codex|jules|openhands|swe-agent|coding-agent|sweep-ai|amazon-q|gemini-code|factory-droid|windsurf");

            migrationBuilder.CreateIndex(
                name: "ix_pull_requests_organization_id_merged_at",
                table: "pull_requests",
                columns: new[] { "organization_id", "merged_at" },
                descending: new[] { false, true },
                filter: "merged_at IS NOT NULL")
                .Annotation("Npgsql:IndexInclude", new[] { "id", "repository_id", "author_account_id", "ready_at", "first_review_at", "is_revert" });
        }
    }
}
