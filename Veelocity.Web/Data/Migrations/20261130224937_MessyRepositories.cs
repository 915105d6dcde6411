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

            migrationBuilder.DropIndex(
                name: "ix_pull_requests_repository_id",
                table: "pull_requests");

            migrationBuilder.AddColumn<string>(
                name: "left_out",
                table: "pull_requests",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ownership_decided_at",
                table: "teams",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "known_better",
                table: "services",
                type: "text[]",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "source_also",
                table: "services",
                type: "text[]",
                nullable: false,
                defaultValueSql: "ARRAY[]::text[]");

            migrationBuilder.AddColumn<string>(
                name: "source_job",
                table: "services",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "source_paths",
                table: "services",
                type: "text[]",
                nullable: false,
                defaultValueSql: "ARRAY[]::text[]");

            migrationBuilder.AddColumn<Guid>(
                name: "source_repository_id",
                table: "services",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "source_workflow",
                table: "services",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "former_urls",
                table: "repositories",
                type: "text[]",
                nullable: false,
                defaultValue: new string[0]);

            migrationBuilder.AddColumn<string>(
                name: "head_sha",
                table: "repositories",
                type: "text",
                nullable: true);

            migrationBuilder.AlterColumn<bool>(
                name: "is_revert",
                table: "pull_requests",
                type: "boolean",
                nullable: false,
                defaultValue: false,
                oldClrType: typeof(bool),
                oldType: "boolean");

            migrationBuilder.AddColumn<string[]>(
                name: "commit_shas",
                table: "pull_requests",
                type: "text[]",
                nullable: false,
                defaultValueSql: "ARRAY[]::text[]");

            migrationBuilder.AddColumn<bool>(
                name: "is_from_fork",
                table: "pull_requests",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "is_hotfix",
                table: "pull_requests",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "is_reviewed",
                table: "pull_requests",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string[]>(
                name: "named_reverts",
                table: "pull_requests",
                type: "text[]",
                nullable: false,
                defaultValueSql: "ARRAY[]::text[]");

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
                defaultValue: "(^|[^a-z])(dev|develop|development|tests?|testing|qa|uat|sandbox|stage|staging|previews?|docs?|pages|storybook|site|nightly|drafter)([^a-z]|$)",
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
                defaultValue: "(^|[^a-z0-9])(bot|robot|ci|automation|renovate)[0-9]*([^a-z0-9]|$)|^renovate|^(dependabot|greenkeeper(io)?|snyk|mergify|codecov|github-actions|semantic-release|allcontributors|imgbot|web-flow)(-?bot)?([^a-z]|$)",
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

            migrationBuilder.AddColumn<string>(
                name: "excluded_branch_pattern",
                table: "organizations",
                type: "character varying(500)",
                maxLength: 500,
                nullable: false,
                defaultValue: "^(release-please(--|/)|changeset-release/|release-plz[-/])");

            migrationBuilder.AddColumn<string>(
                name: "excluded_label_pattern",
                table: "organizations",
                type: "character varying(500)",
                maxLength: 500,
                nullable: false,
                defaultValue: "^autorelease: ");

            migrationBuilder.AddColumn<string>(
                name: "excluded_path_pattern",
                table: "organizations",
                type: "character varying(500)",
                maxLength: 500,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "excluded_title_pattern",
                table: "organizations",
                type: "character varying(500)",
                maxLength: 500,
                nullable: false,
                defaultValue: "^\\W*((chore|build|ci)(\\([^)]*\\))?!?: |\\[ci\\] |release: )?(version packages|((prepare |cut )?release|publish)( @?[a-z][\\w./@-]*:?)? v?[0-9][\\w.+-]*)( *[\\[(][^\\])]*[\\])])*$|^((chore|build|ci)(\\([^)]*\\))?: |\\[ci\\] )(release|publish)( (main|master|develop|next|beta|packages))?( *[\\[(][^\\])]*[\\])])*$|^(chore\\(release\\)|release): v?[0-9][\\w.+-]*( *[\\[(][^\\])]*[\\])])*$");

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
                name: "failure_reasons",
                table: "deployments",
                type: "text[]",
                nullable: false,
                defaultValueSql: "ARRAY[]::text[]");

            migrationBuilder.AddColumn<Guid>(
                name: "repeats_id",
                table: "deployments",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "unknown_urls",
                table: "connections",
                type: "text[]",
                nullable: false,
                defaultValue: new string[0]);

            migrationBuilder.AddColumn<string[]>(
                name: "named_reverts",
                table: "commits",
                type: "text[]",
                nullable: false,
                defaultValueSql: "ARRAY[]::text[]");

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

            migrationBuilder.CreateTable(
                name: "git_tags",
                columns: table => new
                {
                    repository_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sha = table.Column<string>(type: "text", nullable: false),
                    tagged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    committed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_git_tags", x => new { x.repository_id, x.name });
                    table.ForeignKey(
                        name: "fk_git_tags_repositories_repository_id",
                        column: x => x.repository_id,
                        principalTable: "repositories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

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
                    table.ForeignKey(
                        name: "fk_reverts_repositories_repository_id",
                        column: x => x.repository_id,
                        principalTable: "repositories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "source_findings",
                columns: table => new
                {
                    service_id = table.Column<Guid>(type: "uuid", nullable: false),
                    problem = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    repository_id = table.Column<Guid>(type: "uuid", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    last_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_source_findings", x => new { x.service_id, x.problem, x.subject });
                    table.ForeignKey(
                        name: "fk_source_findings_services_service_id",
                        column: x => x.service_id,
                        principalTable: "services",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_services_source_repository_id",
                table: "services",
                column: "source_repository_id",
                filter: "source_repository_id IS NOT NULL");

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
                name: "ix_commits_repository_id",
                table: "commits",
                column: "repository_id",
                filter: "cardinality(named_reverts) > 0");

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

            migrationBuilder.CreateIndex(
                name: "ix_git_tags_organization_id",
                table: "git_tags",
                column: "organization_id");

            migrationBuilder.CreateIndex(
                name: "ix_reverts_deployment_id",
                table: "reverts",
                column: "deployment_id");

            migrationBuilder.CreateIndex(
                name: "ix_reverts_organization_id_merged_at",
                table: "reverts",
                columns: new[] { "organization_id", "merged_at" });

            migrationBuilder.CreateIndex(
                name: "ix_reverts_pull_request_id",
                table: "reverts",
                column: "pull_request_id");

            migrationBuilder.CreateIndex(
                name: "ix_reverts_repository_id",
                table: "reverts",
                column: "repository_id");

            migrationBuilder.CreateIndex(
                name: "ix_reverts_reverted_deployment_id",
                table: "reverts",
                column: "reverted_deployment_id");

            migrationBuilder.CreateIndex(
                name: "ix_reverts_reverted_pull_request_id",
                table: "reverts",
                column: "reverted_pull_request_id");

            migrationBuilder.CreateIndex(
                name: "ix_source_findings_organization_id",
                table: "source_findings",
                column: "organization_id");

            migrationBuilder.CreateIndex(
                name: "ix_source_findings_repository_id",
                table: "source_findings",
                column: "repository_id");

            migrationBuilder.AddForeignKey(
                name: "fk_incidents_incidents_merged_into_id",
                table: "incidents",
                column: "merged_into_id",
                principalTable: "incidents",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);

            migrationBuilder.AddForeignKey(
                name: "fk_services_repositories_source_repository_id",
                table: "services",
                column: "source_repository_id",
                principalTable: "repositories",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);

            // What was recognized before, in the new words; the defaults that nobody changed become the new ones. The columns
            // reverts_number and reverts_sha stay: version 1.0.0 reads them while it still runs beside this one.
            migrationBuilder.Sql("""
                UPDATE pull_requests SET named_reverts = array_remove(ARRAY[
                    'number:' || reverts_number, 'commit:' || reverts_sha,
                    CASE WHEN reverts_number IS NULL AND reverts_sha IS NULL THEN 'title:' || title END], NULL)
                WHERE is_revert;
                UPDATE deployments SET failure_reasons = ARRAY[failed_by] WHERE failed_by IS NOT NULL;
                UPDATE organizations SET production_pattern = '(^|[^a-z])(prod|production|live)([^a-z]|$)' WHERE production_pattern = '^(prod|production|live)';
                UPDATE organizations SET not_deploy_pattern = DEFAULT WHERE not_deploy_pattern = 'preview|staging|drafter';
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
                UPDATE repositories SET linked_at = NULL, changed_at = now() WHERE changed_at IS NOT NULL;
                UPDATE connections SET linked_at = NULL WHERE changed_at IS NOT NULL;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_incidents_incidents_merged_into_id",
                table: "incidents");

            migrationBuilder.DropForeignKey(
                name: "fk_services_repositories_source_repository_id",
                table: "services");

            migrationBuilder.DropTable(
                name: "environment_changes");

            migrationBuilder.DropTable(
                name: "git_tags");

            migrationBuilder.DropTable(
                name: "reverts");

            migrationBuilder.DropTable(
                name: "source_findings");

            migrationBuilder.DropIndex(
                name: "ix_services_source_repository_id",
                table: "services");

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
                name: "ix_commits_repository_id",
                table: "commits");

            migrationBuilder.DropIndex(
                name: "ix_builds_organization_id_run_created_at",
                table: "builds");

            migrationBuilder.DropColumn(
                name: "ownership_decided_at",
                table: "teams");

            migrationBuilder.DropColumn(
                name: "known_better",
                table: "services");

            migrationBuilder.DropColumn(
                name: "source_also",
                table: "services");

            migrationBuilder.DropColumn(
                name: "source_job",
                table: "services");

            migrationBuilder.DropColumn(
                name: "source_paths",
                table: "services");

            migrationBuilder.DropColumn(
                name: "source_repository_id",
                table: "services");

            migrationBuilder.DropColumn(
                name: "source_workflow",
                table: "services");

            migrationBuilder.DropColumn(
                name: "former_urls",
                table: "repositories");

            migrationBuilder.DropColumn(
                name: "head_sha",
                table: "repositories");

            migrationBuilder.DropColumn(
                name: "commit_shas",
                table: "pull_requests");

            migrationBuilder.DropColumn(
                name: "is_from_fork",
                table: "pull_requests");

            migrationBuilder.DropColumn(
                name: "is_hotfix",
                table: "pull_requests");

            migrationBuilder.DropColumn(
                name: "is_reviewed",
                table: "pull_requests");

            migrationBuilder.DropColumn(
                name: "named_reverts",
                table: "pull_requests");

            migrationBuilder.DropColumn(
                name: "service_ids",
                table: "pull_requests");

            migrationBuilder.DropColumn(
                name: "excluded_branch_pattern",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "excluded_label_pattern",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "excluded_path_pattern",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "excluded_title_pattern",
                table: "organizations");

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
                name: "failure_reasons",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "repeats_id",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "unknown_urls",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "named_reverts",
                table: "commits");

            migrationBuilder.DropColumn(
                name: "run_created_at",
                table: "builds");

            migrationBuilder.DropColumn(
                name: "left_out",
                table: "pull_requests");

            migrationBuilder.AlterColumn<bool>(
                name: "is_revert",
                table: "pull_requests",
                type: "boolean",
                nullable: false,
                oldClrType: typeof(bool),
                oldType: "boolean",
                oldDefaultValue: false);

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
                oldDefaultValue: "(^|[^a-z])(dev|develop|development|tests?|testing|qa|uat|sandbox|stage|staging|previews?|docs?|pages|storybook|site|nightly|drafter)([^a-z]|$)");

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
                oldDefaultValue: "(^|[^a-z0-9])(bot|robot|ci|automation|renovate)[0-9]*([^a-z0-9]|$)|^renovate|^(dependabot|greenkeeper(io)?|snyk|mergify|codecov|github-actions|semantic-release|allcontributors|imgbot|web-flow)(-?bot)?([^a-z]|$)");

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

            migrationBuilder.CreateIndex(
                name: "ix_pull_requests_repository_id",
                table: "pull_requests",
                column: "repository_id",
                filter: "is_revert AND merged_at IS NOT NULL");
        }
    }
}
