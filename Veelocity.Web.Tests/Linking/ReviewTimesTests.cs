using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using static Veelocity.Web.Tests.Linking.Sample;

namespace Veelocity.Web.Tests.Linking;

public sealed class ReviewTimesTests
{
    [Fact]
    public void M26_a_pull_request_that_never_was_a_draft_is_ready_when_created() =>
        Assert.Equal(At(3), ReviewTimes.Of(Pull(1, created: 3)).ReadyAt);

    [Fact]
    public void M26_a_draft_is_ready_at_the_last_ready_for_review_before_the_first_human_review()
    {
        var pull = Pull(1) with { ReadyForReviewAt = [At(2), At(5), At(9)], ConvertedToDraftAt = [At(4), At(8)], Reviews = [Review(6)] };
        Assert.Equal(At(5), ReviewTimes.Of(pull).ReadyAt);
    }

    [Fact]
    public void M26_a_draft_nobody_reviewed_is_ready_at_its_last_ready_for_review()
    {
        var pull = Pull(1) with { ReadyForReviewAt = [At(2), At(5)], ConvertedToDraftAt = [At(4)] };
        Assert.Equal(At(5), ReviewTimes.Of(pull).ReadyAt);
    }

    [Fact]
    public void M26_a_review_of_a_draft_is_not_the_first_review()
    {
        var times = ReviewTimes.Of(Pull(1) with { ReadyForReviewAt = [At(5)], Reviews = [Review(2), Review(7)] });
        Assert.Equal((At(5), At(7), true), (times.ReadyAt, times.FirstReviewAt, times.IsReviewed));
    }

    [Fact]
    public void M26_reviewed_only_as_a_draft_has_no_first_review_and_is_not_without_review()
    {
        var times = ReviewTimes.Of(Pull(1, "a", merged: 9) with { ReadyForReviewAt = [At(5)], Reviews = [Review(2, ReviewState.Approved)] });
        Assert.Equal((At(5), null, true), (times.ReadyAt, times.FirstReviewAt, times.IsReviewed));
        var again = ReviewTimes.Of(Pull(1, "a", merged: 9) with { ConvertedToDraftAt = [At(1)], ReadyForReviewAt = [At(5)], Reviews = [Review(2)] });
        Assert.Equal((At(5), null, true), (again.ReadyAt, again.FirstReviewAt, again.IsReviewed));
        Assert.False(ReviewTimes.Of(Pull(1, "a", merged: 9)).IsReviewed);
    }

    [Fact]
    public void M26_opened_for_review_and_made_a_draft_after_the_review_was_ready_at_creation()
    {
        var pull = Pull(1, created: 1) with { ConvertedToDraftAt = [At(4)], ReadyForReviewAt = [At(6)], Reviews = [Review(2)] };
        Assert.Equal(At(1), ReviewTimes.Of(pull).ReadyAt);
    }

    [Fact]
    public void M26_a_pull_request_that_still_is_a_draft_is_not_ready() =>
        Assert.Null(ReviewTimes.Of(Pull(1) with { IsDraft = true, ReadyForReviewAt = [At(1)], ConvertedToDraftAt = [At(2)] }).ReadyAt);

    [Fact]
    public void M26_reviews_by_the_author_by_bots_and_after_the_merge_do_not_count()
    {
        var pull = Pull(1, "a", merged: 10) with
        {
            Reviews =
            [
                new(Author, IsHuman: true, ReviewState.Commented, At(1)),
                new(Guid.NewGuid(), IsHuman: false, ReviewState.Approved, At(2)),
                Review(11, ReviewState.Approved),
            ],
        };
        var times = ReviewTimes.Of(pull);
        Assert.Null(times.FirstReviewAt);
        Assert.Null(times.ApprovedAt);
        Assert.Equal(At(4), ReviewTimes.Of(pull with { Reviews = [.. pull.Reviews, Review(4)] }).FirstReviewAt);
    }

    [Fact]
    public void M26_a_review_by_a_deleted_account_counts_unless_the_author_is_deleted_too()
    {
        var pull = Pull(1) with { Reviews = [new(null, IsHuman: true, ReviewState.Commented, At(2))] };
        Assert.Equal(At(2), ReviewTimes.Of(pull).FirstReviewAt);
        Assert.Null(ReviewTimes.Of(pull with { AuthorAccountId = null }).FirstReviewAt);
    }

    [Fact]
    public void M20_the_last_approval_before_the_merge_counts_and_a_dismissed_one_does_not()
    {
        var pull = Pull(1, "a", merged: 10) with
        {
            Reviews = [Review(2, ReviewState.Approved), Review(5, ReviewState.Approved), Review(8, ReviewState.Dismissed), Review(12, ReviewState.Approved)],
        };
        Assert.Equal(At(5), ReviewTimes.Of(pull).ApprovedAt);
    }
}
