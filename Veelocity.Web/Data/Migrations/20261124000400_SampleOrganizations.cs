using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Veelocity.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class SampleOrganizations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_sample",
                table: "organizations",
                type: "boolean",
                nullable: false,
                defaultValue: false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "is_sample",
                table: "organizations");
        }
    }
}
