using Veelocity.Web.Data;
using Veelocity.Web.Pages.Shared;

namespace Veelocity.Web.Pages.Dora;

/// <summary>A page about the DORA metrics.</summary>
internal abstract class DoraPage(PageFilterReader filters, VeelocityDb db) : MeasuredPage(filters, db)
{
    protected override bool IsOfOwned => true;
}
