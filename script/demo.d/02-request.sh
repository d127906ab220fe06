# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash

requests=build/demo
mkdir -p "$requests"
rm -f "$requests"/*

step "From the worm to a request: what the United States of America may ask of the Philippines, and on which basis"
rogatory law basis --requesting US --requested PH --for preservation --on 2026-11-24

step "What could stand in the way of extradition, and which assurance would cure it"
rogatory law grounds --requesting US --requested PH --for extradition --on 2026-11-24

step "Limits of time, counted where the authority is"
rogatory law clocks --requesting US --requested PH --for preservation --on 2026-11-24 \
  --starts preservation_executed=2026-11-24T09:00:00+08:00

step "One case makes the draft of a request: contents filled, the basis chosen"
rogatory request new preservation --case examples/cases/preservation-worm.yaml --on 2026-11-24 --out "$requests/preservation.yaml"
head -n 24 "$requests/preservation.yaml"

step "Right first time? What is missing, under which article, and on what it rests"
rogatory request check "$requests/preservation.yaml" --on 2026-11-24

step "An incomplete request: what is missing and what would come back"
rogatory request new transfer_proceedings --case examples/cases/transfer-proceedings.yaml --on 2026-11-24 --out "$requests/transfer.yaml"
rogatory request check "$requests/transfer.yaml" --on 2026-11-24 || printf '(status %d: not ready to be sent)\n' "$?"
rogatory request ask "$requests/transfer.yaml" --on 2026-11-24

step "The finished request: PDF/A-3 in six languages with the request inside, and as canonical JSON"
for language in ar zh en fr ru es; do
  rogatory request render "$requests/preservation.yaml" --lang "$language" --pdf --on 2026-11-24 \
    --created 2026-11-24T10:00:00Z --out "$requests/preservation-$language.pdf"
done
rogatory request json "$requests/preservation.yaml" --out "$requests/preservation.json"
sha256sum "$requests"/*.pdf "$requests/preservation.json"
