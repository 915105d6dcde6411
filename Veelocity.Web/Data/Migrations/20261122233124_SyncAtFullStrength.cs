using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Veelocity.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class SyncAtFullStrength : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_sync_runs_connection_id_connector",
                table: "sync_runs");

            migrationBuilder.DropPrimaryKey(
                name: "pk_deployed_changes",
                table: "deployed_changes");

            migrationBuilder.DropIndex(
                name: "ix_deployed_changes_organization_id_deployed_at",
                table: "deployed_changes");

            migrationBuilder.DropIndex(
                name: "ix_deployed_changes_repository_id_deployed_at",
                table: "deployed_changes");

            migrationBuilder.AddColumn<string>(
                name: "pace",
                table: "sync_runs",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "chosen_by_user_id",
                table: "services",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "edited_at",
                table: "services",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "edited_by_user_id",
                table: "services",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "gone_at",
                table: "repositories",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "left_at",
                table: "repositories",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "node_id",
                table: "repositories",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "bot_pattern",
                table: "organizations",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "^(dependabot|renovate|greenkeeper|snyk|mergify|codecov|github-actions|semantic-release|pre-commit-ci|allcontributors|imgbot|web-flow)(-?bot)?$");

            migrationBuilder.AddColumn<string>(
                name: "deploy_label_pattern",
                table: "organizations",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "^(deploy|release)");

            migrationBuilder.AddColumn<string>(
                name: "deploy_pattern",
                table: "organizations",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "deploy|release|publish");

            migrationBuilder.AddColumn<string>(
                name: "not_deploy_pattern",
                table: "organizations",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "preview|staging|drafter");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "rules_changed_at",
                table: "organizations",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "rules_changed_by_user_id",
                table: "organizations",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_first",
                table: "deployed_changes",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_bot",
                table: "accounts",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "marked_as",
                table: "accounts",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "marked_at",
                table: "accounts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "marked_by_user_id",
                table: "accounts",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "person_decided_at",
                table: "accounts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "person_decided_by_user_id",
                table: "accounts",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddPrimaryKey(
                name: "pk_deployed_changes",
                table: "deployed_changes",
                columns: new[] { "pull_request_id", "service_id" });

            migrationBuilder.CreateTable(
                name: "account_emails",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<string>(type: "text", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_emails", x => new { x.account_id, x.email });
                    table.ForeignKey(
                        name: "fk_account_emails_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "environment_rules",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    repository_id = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    use = table.Column<string>(type: "text", nullable: false),
                    set_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    set_by_user_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_environment_rules", x => x.id);
                    table.ForeignKey(
                        name: "fk_environment_rules_repositories_repository_id",
                        column: x => x.repository_id,
                        principalTable: "repositories",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "people_kept_apart",
                columns: table => new
                {
                    one_id = table.Column<Guid>(type: "uuid", nullable: false),
                    other_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_by_user_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people_kept_apart", x => new { x.one_id, x.other_id });
                    table.ForeignKey(
                        name: "fk_people_kept_apart_people_one_id",
                        column: x => x.one_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_people_kept_apart_people_other_id",
                        column: x => x.other_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "pull_request_paths",
                columns: table => new
                {
                    pull_request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    repository_id = table.Column<Guid>(type: "uuid", nullable: false),
                    paths = table.Column<string[]>(type: "text[]", nullable: false),
                    is_complete = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pull_request_paths", x => x.pull_request_id);
                    table.ForeignKey(
                        name: "fk_pull_request_paths_repositories_repository_id",
                        column: x => x.repository_id,
                        principalTable: "repositories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "webhook_deliveries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    connection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    delivery_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    @event = table.Column<string>(name: "event", type: "character varying(100)", maxLength: 100, nullable: false),
                    action = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    repository_external_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    repository_name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    targets = table.Column<string[]>(type: "text[]", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    parked_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    applied_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    changed_rows = table.Column<int>(type: "integer", nullable: false),
                    note = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_deliveries", x => x.id);
                    table.ForeignKey(
                        name: "fk_webhook_deliveries_connections_connection_id",
                        column: x => x.connection_id,
                        principalTable: "connections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "webhooks",
                columns: table => new
                {
                    connection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    protected_secret = table.Column<string>(type: "text", nullable: false),
                    secret_made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    protected_previous_secret = table.Column<string>(type: "text", nullable: true),
                    previous_accepted_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhooks", x => x.connection_id);
                    table.ForeignKey(
                        name: "fk_webhooks_connections_connection_id",
                        column: x => x.connection_id,
                        principalTable: "connections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_sync_runs_connection_id_connector_is_full",
                table: "sync_runs",
                columns: new[] { "connection_id", "connector", "is_full" },
                unique: true,
                filter: "finished_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_sync_runs_connection_id_connector_requested_at",
                table: "sync_runs",
                columns: new[] { "connection_id", "connector", "requested_at" });

            migrationBuilder.CreateIndex(
                name: "ix_pull_requests_organization_id_updated_at",
                table: "pull_requests",
                columns: new[] { "organization_id", "updated_at" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_deployed_changes_organization_id_deployed_at",
                table: "deployed_changes",
                columns: new[] { "organization_id", "deployed_at" })
                .Annotation("Npgsql:IndexInclude", new[] { "repository_id", "is_first", "left_out", "lead_seconds" });

            migrationBuilder.CreateIndex(
                name: "ix_deployed_changes_repository_id_deployed_at",
                table: "deployed_changes",
                columns: new[] { "repository_id", "deployed_at" })
                .Annotation("Npgsql:IndexInclude", new[] { "is_first", "left_out", "lead_seconds" });

            migrationBuilder.CreateIndex(
                name: "ix_deployed_changes_service_id",
                table: "deployed_changes",
                column: "service_id");

            migrationBuilder.CreateIndex(
                name: "ix_account_emails_organization_id_email",
                table: "account_emails",
                columns: new[] { "organization_id", "email" });

            migrationBuilder.CreateIndex(
                name: "ix_environment_rules_organization_id_repository_id",
                table: "environment_rules",
                columns: new[] { "organization_id", "repository_id" });

            migrationBuilder.CreateIndex(
                name: "ix_environment_rules_repository_id",
                table: "environment_rules",
                column: "repository_id");

            migrationBuilder.CreateIndex(
                name: "ix_people_kept_apart_organization_id",
                table: "people_kept_apart",
                column: "organization_id");

            migrationBuilder.CreateIndex(
                name: "ix_people_kept_apart_other_id",
                table: "people_kept_apart",
                column: "other_id");

            migrationBuilder.CreateIndex(
                name: "ix_pull_request_paths_organization_id",
                table: "pull_request_paths",
                column: "organization_id");

            migrationBuilder.CreateIndex(
                name: "ix_pull_request_paths_repository_id",
                table: "pull_request_paths",
                column: "repository_id");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_connection_id_delivery_id",
                table: "webhook_deliveries",
                columns: new[] { "connection_id", "delivery_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_due_at",
                table: "webhook_deliveries",
                column: "due_at",
                filter: "finished_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_organization_id_received_at",
                table: "webhook_deliveries",
                columns: new[] { "organization_id", "received_at" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_received_at",
                table: "webhook_deliveries",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "ix_webhooks_organization_id",
                table: "webhooks",
                column: "organization_id");

            // What is derived is derived anew at the next sync: bots, people and services by paths are new in it.
            migrationBuilder.Sql("UPDATE repositories SET linked_at = NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "account_emails");

            migrationBuilder.DropTable(
                name: "environment_rules");

            migrationBuilder.DropTable(
                name: "people_kept_apart");

            migrationBuilder.DropTable(
                name: "pull_request_paths");

            migrationBuilder.DropTable(
                name: "webhook_deliveries");

            migrationBuilder.DropTable(
                name: "webhooks");

            migrationBuilder.DropIndex(
                name: "ix_sync_runs_connection_id_connector_is_full",
                table: "sync_runs");

            migrationBuilder.DropIndex(
                name: "ix_sync_runs_connection_id_connector_requested_at",
                table: "sync_runs");

            migrationBuilder.DropIndex(
                name: "ix_pull_requests_organization_id_updated_at",
                table: "pull_requests");

            migrationBuilder.DropPrimaryKey(
                name: "pk_deployed_changes",
                table: "deployed_changes");

            migrationBuilder.DropIndex(
                name: "ix_deployed_changes_organization_id_deployed_at",
                table: "deployed_changes");

            migrationBuilder.DropIndex(
                name: "ix_deployed_changes_repository_id_deployed_at",
                table: "deployed_changes");

            migrationBuilder.DropIndex(
                name: "ix_deployed_changes_service_id",
                table: "deployed_changes");

            migrationBuilder.DropColumn(
                name: "pace",
                table: "sync_runs");

            migrationBuilder.DropColumn(
                name: "chosen_by_user_id",
                table: "services");

            migrationBuilder.DropColumn(
                name: "edited_at",
                table: "services");

            migrationBuilder.DropColumn(
                name: "edited_by_user_id",
                table: "services");

            migrationBuilder.DropColumn(
                name: "gone_at",
                table: "repositories");

            migrationBuilder.DropColumn(
                name: "left_at",
                table: "repositories");

            migrationBuilder.DropColumn(
                name: "node_id",
                table: "repositories");

            migrationBuilder.DropColumn(
                name: "bot_pattern",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "deploy_label_pattern",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "deploy_pattern",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "not_deploy_pattern",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "rules_changed_at",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "rules_changed_by_user_id",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "is_first",
                table: "deployed_changes");

            migrationBuilder.DropColumn(
                name: "is_bot",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "marked_as",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "marked_at",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "marked_by_user_id",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "person_decided_at",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "person_decided_by_user_id",
                table: "accounts");

            migrationBuilder.AddPrimaryKey(
                name: "pk_deployed_changes",
                table: "deployed_changes",
                column: "pull_request_id");

            migrationBuilder.CreateIndex(
                name: "ix_sync_runs_connection_id_connector",
                table: "sync_runs",
                columns: new[] { "connection_id", "connector" },
                unique: true,
                filter: "finished_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_deployed_changes_organization_id_deployed_at",
                table: "deployed_changes",
                columns: new[] { "organization_id", "deployed_at" })
                .Annotation("Npgsql:IndexInclude", new[] { "repository_id", "left_out", "lead_seconds" });

            migrationBuilder.CreateIndex(
                name: "ix_deployed_changes_repository_id_deployed_at",
                table: "deployed_changes",
                columns: new[] { "repository_id", "deployed_at" })
                .Annotation("Npgsql:IndexInclude", new[] { "left_out", "lead_seconds" });
        }
    }
}
