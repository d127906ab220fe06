# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash

step "The law that is encoded"
rogatory law list
