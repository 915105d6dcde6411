using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Veelocity.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class MessagesAndDecisions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly[]>(
                name: "holidays",
                table: "organizations",
                type: "date[]",
                nullable: false,
                defaultValueSql: "ARRAY[]::date[]");

            migrationBuilder.AddColumn<int[]>(
                name: "working_days",
                table: "organizations",
                type: "integer[]",
                nullable: false,
                defaultValueSql: "ARRAY[1, 2, 3, 4, 5]");

            migrationBuilder.AddColumn<TimeOnly>(
                name: "works_from",
                table: "organizations",
                type: "time without time zone",
                nullable: false,
                defaultValue: new TimeOnly(9, 0, 0));

            migrationBuilder.AddColumn<TimeOnly>(
                name: "works_to",
                table: "organizations",
                type: "time without time zone",
                nullable: false,
                defaultValue: new TimeOnly(18, 0, 0));

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "last_heard_at",
                table: "incidents",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "set_by_hand",
                table: "incidents",
                type: "text[]",
                nullable: false,
                defaultValue: new string[0]);

            migrationBuilder.CreateTable(
                name: "chat_channels",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    connection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    url = table.Column<string>(type: "text", nullable: true),
                    topic = table.Column<string>(type: "text", nullable: true),
                    is_private = table.Column<bool>(type: "boolean", nullable: false),
                    is_archived = table.Column<bool>(type: "boolean", nullable: false),
                    is_member = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    archived_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    problem = table.Column<string>(type: "text", nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    linked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chat_channels", x => x.id);
                    table.ForeignKey(
                        name: "fk_chat_channels_connections_connection_id",
                        column: x => x.connection_id,
                        principalTable: "connections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "incident_rules",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    set = table.Column<string>(type: "jsonb", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_by_user_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_incident_rules", x => x.organization_id);
                    table.ForeignKey(
                        name: "fk_incident_rules_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "metric_decisions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    repository_id = table.Column<Guid>(type: "uuid", nullable: true),
                    verdict = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_by_user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    taken_back_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    taken_back_by_user_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_metric_decisions", x => x.id);
                    table.ForeignKey(
                        name: "fk_metric_decisions_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "chat_messages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ts = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    thread_ts = table.Column<string>(type: "text", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    author_id = table.Column<string>(type: "text", nullable: true),
                    app_id = table.Column<string>(type: "text", nullable: true),
                    bot_name = table.Column<string>(type: "text", nullable: true),
                    subtype = table.Column<string>(type: "text", nullable: true),
                    text = table.Column<string>(type: "text", nullable: false),
                    links = table.Column<string[]>(type: "text[]", nullable: false),
                    reactions = table.Column<string[]>(type: "text[]", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chat_messages", x => x.id);
                    table.ForeignKey(
                        name: "fk_chat_messages_chat_channels_channel_id",
                        column: x => x.channel_id,
                        principalTable: "chat_channels",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "chat_reactions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ts = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    user_external_id = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    is_removal = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chat_reactions", x => x.id);
                    table.ForeignKey(
                        name: "fk_chat_reactions_chat_channels_channel_id",
                        column: x => x.channel_id,
                        principalTable: "chat_channels",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_chat_channels_connection_id",
                table: "chat_channels",
                column: "connection_id");

            migrationBuilder.CreateIndex(
                name: "ix_chat_channels_organization_id_name",
                table: "chat_channels",
                columns: new[] { "organization_id", "name" });

            migrationBuilder.CreateIndex(
                name: "ix_chat_messages_channel_id_thread_ts",
                table: "chat_messages",
                columns: new[] { "channel_id", "thread_ts" },
                filter: "thread_ts IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_chat_messages_channel_id_ts",
                table: "chat_messages",
                columns: new[] { "channel_id", "ts" });

            migrationBuilder.CreateIndex(
                name: "ix_chat_messages_organization_id_at",
                table: "chat_messages",
                columns: new[] { "organization_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_chat_reactions_channel_id_ts",
                table: "chat_reactions",
                columns: new[] { "channel_id", "ts" });

            migrationBuilder.CreateIndex(
                name: "ix_chat_reactions_organization_id",
                table: "chat_reactions",
                column: "organization_id");

            migrationBuilder.CreateIndex(
                name: "ix_metric_decisions_organization_id_decided_at",
                table: "metric_decisions",
                columns: new[] { "organization_id", "decided_at" });

            migrationBuilder.CreateIndex(
                name: "ix_metric_decisions_organization_id_subject_subject_id",
                table: "metric_decisions",
                columns: new[] { "organization_id", "subject", "subject_id" },
                unique: true,
                filter: "taken_back_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_metric_decisions_repository_id",
                table: "metric_decisions",
                column: "repository_id",
                filter: "taken_back_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "chat_messages");

            migrationBuilder.DropTable(
                name: "chat_reactions");

            migrationBuilder.DropTable(
                name: "incident_rules");

            migrationBuilder.DropTable(
                name: "metric_decisions");

            migrationBuilder.DropTable(
                name: "chat_channels");

            migrationBuilder.DropColumn(
                name: "holidays",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "working_days",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "works_from",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "works_to",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "last_heard_at",
                table: "incidents");

            migrationBuilder.DropColumn(
                name: "set_by_hand",
                table: "incidents");
        }
    }
}
