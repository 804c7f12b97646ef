#!/usr/bin/env bash
# Scores one corpus as a Slurm array; the last task that ends merges the shards.
#   sbatch --array=1-8 slurm.sh outputs.jsonl run.jsonl [further flags of vernier score]
# A task that was cut off (time limit, preemption) goes on where it was when it is queued again.
#SBATCH --job-name=vernier
#SBATCH --cpus-per-task=4
#SBATCH --requeue
set -euo pipefail
outputs=$1 run=$2
shift 2
k=$SLURM_ARRAY_TASK_ID n=$SLURM_ARRAY_TASK_COUNT
vernier score "$outputs" "$@" --shard "$k/$n" -o "$run.$k-of-$n" --threads "${SLURM_CPUS_PER_TASK:-1}" --quiet

# Shards appear under their names only when they are whole, so whoever finds all of them is the last.
shards=()
for i in $(seq "$n"); do
  [ -e "$run.$i-of-$n" ] || exit 0
  shards+=("$run.$i-of-$n")
done
vernier merge "${shards[@]}" -o "$run"
