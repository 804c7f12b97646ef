"""Scores one corpus on a Spark cluster: each task measures one shard, the driver merges them.

usage: spark-submit spark_score.py OUTPUTS RUN SHARDS [further flags of vernier score]

The workers need the program `vernier` and the folder of RUN (a shared file system).
"""
import subprocess
import sys

from pyspark.sql import SparkSession


def main():
    outputs, run, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    flags = sys.argv[4:]

    def measure(k):
        shard = f"{run}.{k}-of-{count}"
        command = ["vernier", "score", outputs, *flags, "--shard", f"{k}/{count}", "-o", shard, "--threads", "1", "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:  # Spark tries the task again, which goes on where this one stopped
            raise RuntimeError(f"exit code {done.returncode}: {done.stderr.strip()}")
        return shard

    spark = SparkSession.builder.appName("vernier").getOrCreate()
    shards = spark.sparkContext.parallelize(range(1, count + 1), count).map(measure).collect()
    spark.stop()
    sys.exit(subprocess.run(["vernier", "merge", *shards, "-o", run]).returncode)


if __name__ == "__main__":
    main()
