using Assay.App.Server;
using Assay.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Assay.App.Tests.Server;

/// <summary>What retention forgets, and what it leaves.</summary>
public sealed class RetentionTests
{
    [Fact]
    public async Task Retention_WhenARepairWaitsForAJobsRows_ThenTheJobStays()
    {
        string home = Directory.CreateTempSubdirectory("assay-server-").FullName;
        try
        {
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            using JobDatabase jobs = JobDatabase.Open(new AssayHome(home));
            foreach (string id in new[] { "old", "needed" })
            {
                Add(jobs, id, JobType.Upload, null);
                Assert.Equal(id, jobs.Changes.TakeNext(now)!.Id);
                Assert.True(jobs.Changes.Complete(id, "{}", "run of " + id, now.AddDays(-100)));
            }

            Add(jobs, "repair", JobType.Replay, "needed");
            var options = new ServerOptions { Home = new AssayHome(home) };
            await using var retention = new JobRetention(jobs, new JobDesk(jobs, null!, options, NullLogger<JobDesk>.Instance), options, NullLogger<JobRetention>.Instance);

            Assert.Equal(1, retention.Apply());

            Assert.Null(jobs.Find("old"));
            Assert.NotNull(jobs.Find("needed"));
            Assert.True(jobs.Changes.Cancel("repair", JobStatus.Queued, now));
            Assert.Equal(1, retention.Apply());
            Assert.Null(jobs.Find("needed"));
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    [Fact]
    public void Job_WhenItWaitsAgain_ThenIsNotForgotten()
    {
        string home = Directory.CreateTempSubdirectory("assay-server-").FullName;
        try
        {
            using JobDatabase jobs = JobDatabase.Open(new AssayHome(home));
            Add(jobs, "again", JobType.Run, null);

            Assert.False(jobs.Changes.Delete("again"));
            Assert.NotNull(jobs.Find("again"));
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static void Add(JobDatabase jobs, string id, string type, string? ofJob) => jobs.Changes.Add(
        new JobEntry
        {
            Id = id,
            Pipeline = "sales",
            Type = type,
            Request = new JobRequest { FileName = id, OfJob = ofJob }.ToJson(),
            CreatedAt = TimeProvider.System.GetUtcNow(),
        },
        10);
}
