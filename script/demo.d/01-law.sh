# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash

step "The law that is encoded: offences by article, and what is claimed of the 2021 proposal"
rogatory law list --of un-ict-2021 --of budapest-2001 --of un-cybercrime-2024 --offences

step "One provision, element by element, each with its citation and how sure it is"
rogatory law show un-ict-2021:art-10-1

step "The worm of 4 May 2000: which offences, and was it an offence in both States on that day?"
rogatory assess examples/love-bug-2000.yaml --requesting US --requested PH

step "Why not: the theft that was charged then, as a proof"
rogatory law classify examples/love-bug-2000.yaml --under PH --only PHL:rpc-art-308 --proof

step "What if the researcher's lawful purpose were established?"
rogatory law classify examples/research-exercise.yaml --only un-ict-2021:art-10-1 --what-if circ.lawful_research=true

step "Ransomware on a hospital service: what to find out next"
rogatory law ask examples/hse-2021.yaml --under budapest-2001 --under un-cybercrime-2024

step "The 2021 proposal beside the Budapest Convention"
rogatory law compare un-ict-2021 budapest-2001

step "What the Budapest Convention requires and the law of the United Kingdom reaches"
rogatory law cover budapest-2001 --state GB --on 2026-01-01

step "How much of the law was read at its source"
rogatory law lint --report --summary
