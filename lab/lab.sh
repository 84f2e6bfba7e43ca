#!/bin/bash
# The laboratory: real daemons in network namespaces, and captures of them.
#
#   lab/lab.sh all               every case
#   lab/lab.sh operator|golden   the demonstration operator, or the goldens
#   lab/lab.sh list              the names
#   lab/lab.sh G04 lldp/switch   those
#
# Needs root and what lab/install.sh installs. LAB_OUT=DIR writes under DIR and
# leaves the tree alone; LAB_KEEP=1 keeps a case's scratch directory. Everything
# that is started is ended by its process id.

set -u
export PYTHONDONTWRITEBYTECODE=1
lab=$(cd "$(dirname "$0")" && pwd)
tree=${LAB_OUT:-$(dirname "$lab")}
. "$lab/lib.sh"
. "$lab/operator.sh"
for part in "$lab"/golden-*.sh; do
	. "$part"
done

names()
{
	declare -F | sed -n "s/^declare -f $1_//p"
}

# rows: D03; goldens: function golden_lldp__switch makes lldp/switch.
goldens() { names golden | sed 's,__,/,'; }

one()
{
	local f=row_$1
	declare -F "$f" >/dev/null || f=golden_$(printf %s "$1" | sed 's,/,__,')
	declare -F "$f" >/dev/null || { say "no case named $1"; return 2; }
	( case_path=$1; begin "${1//\//-}"; "$f" ) || { say "$1 FAILED"; return 1; }
}

main()
{
	local todo bad=0 c
	case ${1-} in
	''|-h|--help) sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; exit 2 ;;
	list) names row; goldens; exit ;;
	all) todo="$(names row) $(goldens)" ;;
	operator) todo=$(names row) ;;
	golden) todo=$(goldens) ;;
	*) todo=$* ;;
	esac
	[ "$(id -u)" = 0 ] || { say 'namespaces need root'; exit 2; }
	for c in $todo; do
		one "$c" || bad=1
	done
	exit $bad
}

main "$@"
