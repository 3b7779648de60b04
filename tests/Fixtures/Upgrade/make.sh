#!/usr/bin/env bash
# Writes what the functions of a commit leave at every stage, into a folder of that commit's name: tests/Fixtures/Upgrade/make.sh a02a445
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
commit=${1:?which commit}
clone=$(mktemp -d)
trap 'rm -rf "$clone"' EXIT
git clone --quiet "$(git -C "$here" rev-parse --show-toplevel)" "$clone"
git -C "$clone" checkout --quiet "$commit"
if [ -f "$here/../../../feed.user.props" ]; then cp "$here/../../../feed.user.props" "$clone/"; fi
cp "$here/MakeState.cs.txt" "$clone/tests/Simulation.Tests/MakeState.cs"
mkdir -p "$here/$commit"
export STATE_FOLDER="$here/$commit"
dotnet run -p:RunAnalyzers=false --project "$clone/tests/Simulation.Tests" -- --filter-method '*MakeState.Write'
