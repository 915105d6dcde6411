using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Veelocity.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class Sources : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.AlterColumn<string>(
                name: "not_deploy_pattern",
                table: "organizations",
                type: "character varying(500)",
                maxLength: 500,
                nullable: false,
                defaultValue: "(^|[^a-z])(dev|develop|development|tests?|testing|qa|uat|sandbox|stage|staging|previews?|docs?|pages|storybook|site|nightly|drafter)([^a-z]|$)",
                oldClrType: typeof(string),
                oldType: "character varying(500)",
                oldMaxLength: 500,
                oldDefaultValue: "preview|staging|drafter");

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
                name: "ix_git_tags_organization_id",
                table: "git_tags",
                column: "organization_id");

            migrationBuilder.CreateIndex(
                name: "ix_source_findings_organization_id",
                table: "source_findings",
                column: "organization_id");

            migrationBuilder.CreateIndex(
                name: "ix_source_findings_repository_id",
                table: "source_findings",
                column: "repository_id");

            migrationBuilder.AddForeignKey(
                name: "fk_services_repositories_source_repository_id",
                table: "services",
                column: "source_repository_id",
                principalTable: "repositories",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);

            // DATA: organizations that never changed these patterns get the new defaults; every repository is linked again.
            migrationBuilder.Sql("UPDATE organizations SET production_pattern = '(^|[^a-z])(prod|production|live)([^a-z]|$)' WHERE production_pattern = '^(prod|production|live)'");
            migrationBuilder.Sql("UPDATE organizations SET not_deploy_pattern = DEFAULT WHERE not_deploy_pattern = 'preview|staging|drafter'");
            migrationBuilder.Sql("UPDATE repositories SET changed_at = now() WHERE changed_at IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_services_repositories_source_repository_id",
                table: "services");

            migrationBuilder.DropTable(
                name: "git_tags");

            migrationBuilder.DropTable(
                name: "source_findings");

            migrationBuilder.DropIndex(
                name: "ix_services_source_repository_id",
                table: "services");

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

            migrationBuilder.AlterColumn<string>(
                name: "not_deploy_pattern",
                table: "organizations",
                type: "character varying(500)",
                maxLength: 500,
                nullable: false,
                defaultValue: "preview|staging|drafter",
                oldClrType: typeof(string),
                oldType: "character varying(500)",
                oldMaxLength: 500,
                oldDefaultValue: "(^|[^a-z])(dev|develop|development|tests?|testing|qa|uat|sandbox|stage|staging|previews?|docs?|pages|storybook|site|nightly|drafter)([^a-z]|$)");
        }
    }
}
