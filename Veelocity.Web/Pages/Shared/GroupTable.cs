namespace Veelocity.Web.Pages.Shared;

/// <summary>Numbers side by side, a line for each repository, team or person.</summary>
/// <param name="First">What a line is.</param>
internal sealed record GroupTable(string Id, string Title, string? Subtitle, string First, IReadOnlyList<string> Columns, IReadOnlyList<GroupTable.Line> Lines, string CsvHref)
{
    /// <param name="Href">The same page of this line alone; null when there is none.</param>
    public sealed record Line(string Label, string? Href, IReadOnlyList<Cell> Cells);

    /// <param name="Value">For the file, in the unit beside it.</param>
    /// <param name="Why">Its explanation.</param>
    public sealed record Cell(double? Value, string Unit, string Text, string? Exact = null, string? Why = null);

    public IEnumerable<FigureRow> Rows() =>
        from line in Lines
        from cell in line.Cells.Index()
        select new FigureRow(line.Label, Columns[cell.Index], cell.Item.Value, cell.Item.Unit, cell.Item.Text, Partial: false);
}
