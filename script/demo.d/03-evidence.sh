# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
#
# An exercise. Evidence that answers the request: taken in, sealed, disclosed in part, verified, erased. Sourced by script/demo.

evidence=build/demo-evidence
rm -rf "$evidence"
mkdir -p "$evidence"
vault=$evidence/vault
printf '2026-11-20T03:14:07Z login accepted for svc-backup from 203.0.113.7\n' >"$evidence/access.log"
printf 'Subscriber of 203.0.113.7: subscriber A, street B (exercise)\n' >"$evidence/subscriber.txt"
case_and_act=(--case "Worm 7/2026" --officer "officer A" --role "evidence custodian"
  --authority "warrant 14/2026" --reason "answer to the preservation request")

step "A vault: sealed content, a log of what happens to it, keys apart"
rogatory evidence init "$vault" --origin evidence.example/vault

step "Evidence comes in: digested, sealed and logged in one pass; conditions of use stay with it"
rogatory evidence ingest "$vault" "$evidence/access.log" "$evidence/subscriber.txt" "${case_and_act[@]}" \
  --source "service provider" --allow "case 7/2026" --imposed-by "Philippines, letter of 2026-11-02"

step "A use that the providing State did not allow is refused, and says why"
status=0
rogatory evidence open "$vault" access.log "${case_and_act[@]}" --purpose "tax matter" --out "$evidence/copy" || status=$?
printf '(status %d: refused)\n' "$status"
[ "$status" -eq 10 ] || exit 1

step "All items are sealed as one set; one of them is disclosed, with the proof that it belongs to the whole"
rogatory evidence seal "$vault" "${case_and_act[@]}"
rogatory evidence disclose "$vault" access.log "${case_and_act[@]}" --purpose "case 7/2026" \
  --recipient "the requesting State" --out "$evidence/bundle"
find "$evidence/bundle" -type f | sort

step "Anybody verifies it without us: with our program, and with a second one that travels inside"
rogatory evidence verify "$evidence/bundle" --policy "$vault/policy"
python3 "$evidence/bundle/custody/verify_bundle.py" "$evidence/bundle" --policy "$vault/policy"

step "One flipped bit is found"
cp -r "$evidence/bundle" "$evidence/altered"
sed -i 's/svc-backup/svc-backuq/' "$evidence/altered/data/access.log"
status=0
rogatory evidence verify "$evidence/altered" --policy "$vault/policy" || status=$?
printf '(status %d: altered)\n' "$status"
[ "$status" -eq 1 ] || exit 1

step "Chain of custody, and what is due"
rogatory evidence custody "$vault" --case "Worm 7/2026"

step "Erasure takes two officers in two roles; the proof stays"
case_erased=(--case "Worm 7/2026" --authority "order 3/2027" --reason "case closed")
rogatory evidence erase "$vault" --approve "${case_erased[@]}" --officer "officer B" --role judge
rogatory evidence erase "$vault" --approve "${case_erased[@]}" --officer "officer C" --role prosecutor
rogatory evidence erase "$vault" "${case_erased[@]}" --officer "officer A" --role "evidence custodian"
rogatory evidence verify "$vault"
