#!/bin/bash
# Installs what is missing of the programs that test/real runs. Nothing happens when all of it is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

packages=(
  slurm-wlm slurm-wlm-basic-plugins slurm-wlm-mysql-plugin slurm-client slurmdbd munge mariadb-server # slurm
  lmod lua5.3                                                                                         # modules
  ansible ansible-lint yamllint debootstrap systemd-container openssh-client                          # hosts
  buildah runc                                                                                        # images
  cloud-init shellcheck systemd cmark-gfm chromium                                                    # files
  zsh fish                                                                                            # completion
  iproute2 util-linux procps ca-certificates python3-venv git                                         # this harness
)
missing=()
for package in "${packages[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "installing: ${missing[*]}"
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
elif [ -z "$(apt-get indextargets 'Created-By: Packages' 2>/dev/null)" ]; then
  apt-get update -qq # test/real asks apt for its mirror
fi

# From PyPI, each file of requirements in an environment of its own: checkov pins an old botocore, with which the mock of
# the AWS API leaves out newer fields. Only the programs that tests call are put on PATH: the interpreter of a virtual
# environment must not come before the one that Debian's own scripts want.
from_pypi() { # REQUIREMENTS PROGRAM...
  local requirements=$1 venv program
  shift
  venv=$HPCDK_CI_CACHE/venv-$(sha256sum "$requirements" | cut -c 1-16)
  if [ ! -e "$venv/complete" ]; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"
    touch "$venv/complete"
  fi
  mkdir -p "$HPCDK_CI_CACHE/bin"
  for program in "$@"; do ln -sf "$venv/bin/$program" "$HPCDK_CI_CACHE/bin/$program"; done
}
from_pypi requirements-aws.txt moto_server aws
from_pypi requirements-checkov.txt checkov

# From npm, in a folder of its own: it has more packages than the project.
gitlab="gitlab-ci-local@4.56.2"
if [ ! -e "$HPCDK_CI_CACHE/$gitlab/complete" ]; then
  npm install --prefix "$HPCDK_CI_CACHE/$gitlab" --no-audit --no-fund --loglevel=error "$gitlab" >/dev/null
  touch "$HPCDK_CI_CACHE/$gitlab/complete"
fi
ln -sf "$HPCDK_CI_CACHE/$gitlab/node_modules/.bin/gitlab-ci-local" "$HPCDK_CI_CACHE/bin/gitlab-ci-local"

for program in terraform slurmctld slurmd slurmdbd mariadbd ansible-lint buildah cloud-init moto_server aws checkov cmark-gfm chromium gitlab-ci-local; do
  PATH=$HPCDK_CI_CACHE/bin:$PATH:/usr/sbin command -v "$program" >/dev/null || { echo "$program is still missing" >&2; exit 1; }
done
