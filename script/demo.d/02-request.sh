# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
#
# From the assessment to a finished request. The day is fixed, so that the answer stays the same.

day=2026-11-24
out=build/demo
mkdir -p "$out"

step "On which legal basis, and why the other treaties do not serve"
rogatory law basis --requesting US --requested PH --for preservation --on "$day"

step "What could stand in the way of extradition, and which assurance would cure it"
rogatory law grounds --requesting US --requested PH --for extradition --on "$day"

step "Limits of time, counted where the authority is"
rogatory law clocks --requesting US --requested PH --for preservation --on "$day" \
  --starts preservation_executed=2026-11-24T09:00:00+08:00

step "An exercise: the case is described once, the draft is filled from it"
rogatory request new preservation --case examples/cases/preservation-worm.yaml --on "$day" -o "$out/request.yaml" --force

step "What is still missing, with article and reason"
rogatory request check "$out/request.yaml" --on "$day" || true

step "What the requested State would ask back"
rogatory request ask "$out/request.yaml" --on "$day"

step "The request as PDF/A-3 in French and Arabic, and in the form that is signed"
rogatory request render "$out/request.yaml" --lang fr --pdf --on "$day" -o "$out/request-fr.pdf" --force
rogatory request render "$out/request.yaml" --lang ar --pdf --on "$day" -o "$out/request-ar.pdf" --force
rogatory request json "$out/request.yaml" -o "$out/request.json" --force
printf '%s\n' "written: $out/request.yaml, request-fr.pdf, request-ar.pdf, request.json"
