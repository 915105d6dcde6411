using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Veelocity.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class Incidents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_deployments_organization_id_is_production_finished_at",
                table: "deployments");

            migrationBuilder.AddColumn<string>(
                name: "hotfix_pattern",
                table: "organizations",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "(^|[^a-z])(hot-?fix|roll-?forward|incident)");

            migrationBuilder.AddColumn<int>(
                name: "incident_window_hours",
                table: "organizations",
                type: "integer",
                nullable: false,
                defaultValue: 24);

            migrationBuilder.AddColumn<string>(
                name: "failed_by",
                table: "deployments",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "rework",
                table: "deployments",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "takes_back_id",
                table: "deployments",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "incidents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    source_key = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    title = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    url = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    severity = table.Column<string>(type: "text", nullable: true),
                    service_id = table.Column<Guid>(type: "uuid", nullable: true),
                    environment = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    acknowledged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    resolved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    named_cause = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    created_by_user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deployment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    link_method = table.Column<string>(type: "text", nullable: true),
                    link_confidence = table.Column<double>(type: "double precision", nullable: true),
                    linked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    linked_by_user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    fix_deployment_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_incidents", x => x.id);
                    table.ForeignKey(
                        name: "fk_incidents_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_incidents_services_service_id",
                        column: x => x.service_id,
                        principalTable: "services",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "incident_events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    incident_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    url = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_incident_events", x => x.id);
                    table.ForeignKey(
                        name: "fk_incident_events_incidents_incident_id",
                        column: x => x.incident_id,
                        principalTable: "incidents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_pull_requests_repository_id",
                table: "pull_requests",
                column: "repository_id",
                filter: "is_revert AND merged_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_deployments_organization_id_is_production_finished_at",
                table: "deployments",
                columns: new[] { "organization_id", "is_production", "finished_at" })
                .Annotation("Npgsql:IndexInclude", new[] { "repository_id", "service_id", "outcome", "is_release", "is_rollback", "failed_by", "rework" });

            migrationBuilder.CreateIndex(
                name: "ix_deployments_takes_back_id",
                table: "deployments",
                column: "takes_back_id",
                filter: "takes_back_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_incident_events_incident_id_at",
                table: "incident_events",
                columns: new[] { "incident_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_incident_events_organization_id",
                table: "incident_events",
                column: "organization_id");

            migrationBuilder.CreateIndex(
                name: "ix_incidents_deployment_id",
                table: "incidents",
                column: "deployment_id");

            migrationBuilder.CreateIndex(
                name: "ix_incidents_fix_deployment_id",
                table: "incidents",
                column: "fix_deployment_id",
                filter: "fix_deployment_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_incidents_organization_id_source_source_key",
                table: "incidents",
                columns: new[] { "organization_id", "source", "source_key" },
                unique: true,
                filter: "source_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_incidents_organization_id_started_at",
                table: "incidents",
                columns: new[] { "organization_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_incidents_service_id",
                table: "incidents",
                column: "service_id");

            // Rollbacks name what they took back from now on: derived anew at the next sync.
            migrationBuilder.Sql("UPDATE repositories SET linked_at = NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "incident_events");

            migrationBuilder.DropTable(
                name: "incidents");

            migrationBuilder.DropIndex(
                name: "ix_pull_requests_repository_id",
                table: "pull_requests");

            migrationBuilder.DropIndex(
                name: "ix_deployments_organization_id_is_production_finished_at",
                table: "deployments");

            migrationBuilder.DropIndex(
                name: "ix_deployments_takes_back_id",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "hotfix_pattern",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "incident_window_hours",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "failed_by",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "rework",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "takes_back_id",
                table: "deployments");

            migrationBuilder.CreateIndex(
                name: "ix_deployments_organization_id_is_production_finished_at",
                table: "deployments",
                columns: new[] { "organization_id", "is_production", "finished_at" })
                .Annotation("Npgsql:IndexInclude", new[] { "repository_id", "service_id", "outcome", "is_release", "is_rollback" });
        }
    }
}
