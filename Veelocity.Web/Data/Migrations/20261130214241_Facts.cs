using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Veelocity.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class Facts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_pull_requests_organization_id_merged_at",
                table: "pull_requests");

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

            migrationBuilder.CreateIndex(
                name: "ix_pull_requests_organization_id_merged_at",
                table: "pull_requests",
                columns: new[] { "organization_id", "merged_at" },
                descending: new[] { false, true },
                filter: "merged_at IS NOT NULL")
                .Annotation("Npgsql:IndexInclude", new[] { "id", "repository_id", "author_account_id", "ready_at", "is_reviewed", "is_revert" });

            migrationBuilder.CreateIndex(
                name: "ix_builds_organization_id_run_created_at",
                table: "builds",
                columns: new[] { "organization_id", "run_created_at" },
                filter: "is_first");

            // ---- data ----
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
                UPDATE repositories SET linked_at = NULL;
                UPDATE connections SET linked_at = NULL WHERE changed_at IS NOT NULL;
                """);
            // ---- end of data ----
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_pull_requests_organization_id_merged_at",
                table: "pull_requests");

            migrationBuilder.DropIndex(
                name: "ix_builds_organization_id_run_created_at",
                table: "builds");

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
