# SPDX-License-Identifier: ISC
# nameplate --completion bash
_nameplate()
{
	local cur=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
	local i verb='' options='' files='' dirs='' words=''

	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		if [[ ${COMP_WORDS[i]} != -* ]]; then
			verb=${COMP_WORDS[i]}
			break
		fi
	done
	case $verb in
	audit)
		options='--output -o --jobs -j --map --subscriber-key --seal-key --watch --party --sites --inventory --contracts --zones --places --site --what-if --as-of --knowledge --json --jsonl --long -l --color --keys'
		files='--output -o --subscriber-key --seal-key --party --sites --inventory --contracts --zones --keys'
		dirs='--knowledge'
		words='--jobs -j --map --site --what-if --as-of'
		;;
	read)
		options='--raw --every --no-hash --jobs -j --map'
		files=''
		dirs=''
		words='--jobs -j --map'
		;;
	poll)
		options='--within --go --output -o --credentials --again --rate --host-rate --timeout --retries --repetitions --packets --hosts --port --jobs -j --site --knowledge --jsonl --long -l'
		files='--credentials'
		dirs='--output -o --knowledge'
		words='--within --rate --host-rate --timeout --retries --repetitions --packets --hosts --port --jobs -j --site'
		;;
	identify)
		options='--knowledge'
		files=''
		dirs='--knowledge'
		words=''
		;;
	explain)
		options='--for-supplier --party --sites --inventory --contracts --zones --places --site --what-if --as-of --knowledge --json --jsonl --long -l --color --keys'
		files='--party --sites --inventory --contracts --zones --keys'
		dirs='--knowledge'
		words='--site --what-if --as-of'
		;;
	attest)
		options='--maker --part --fact --variation --incident --no-incident --second --by --key --password --because --grade --evidence --on --until --at --authority --citation --second-key --second-by --second-password --party --knowledge --as-of --keys'
		files='--key --password --evidence --second-key --second-password --party --keys'
		dirs='--knowledge'
		words='--maker --part --fact --variation --by --because --grade --on --until --at --authority --citation --second-by --as-of'
		;;
	dispute)
		options='--by --key --password --because --grade --evidence --on --until --at --authority --citation --second-key --second-by --second-password --party --knowledge --as-of --keys'
		files='--key --password --evidence --second-key --second-password --party --keys'
		dirs='--knowledge'
		words='--by --because --grade --on --until --at --authority --citation --second-by --as-of'
		;;
	waive)
		options='--by --key --password --because --grade --evidence --on --until --at --authority --citation --second-key --second-by --second-password --party --knowledge --as-of --keys'
		files='--key --password --evidence --second-key --second-password --party --keys'
		dirs='--knowledge'
		words='--by --because --grade --on --until --at --authority --citation --second-by --as-of'
		;;
	keygen)
		options='--password --no-password'
		files='--password'
		dirs=''
		words=''
		;;
	risk)
		options='--root --zones --cve --weights --party --what-if --as-of --knowledge --json --dot --graphml --long -l --color'
		files='--cve --weights --party'
		dirs='--knowledge'
		words='--root --zones --what-if --as-of'
		;;
	fund)
		options='--programmes --country --template --report --lint --scheme --claims --invoices --costs --waves --custody --allocation --sheet --out -o --fail-on --party --as-of --knowledge --json --color'
		files='--template --claims --invoices --costs --waves --custody --out -o --party'
		dirs='--knowledge'
		words='--country --report --scheme --allocation --sheet --fail-on --as-of'
		;;
	plan)
		options='--costs --plan --scenario --compare --actual --seconds --gap --polish --party --as-of --what-if --knowledge --json --csv --ics --no-keep --long -l --color'
		files='--costs --plan --party'
		dirs='--knowledge'
		words='--scenario --actual --seconds --gap --as-of --what-if'
		;;
	report)
		options='--party --sites --inventory --contracts --zones --places --site --what-if --as-of --knowledge --json --jsonl --long -l --color --keys --output -o --for --lang --kept --csv --cyclonedx --dot --geojson --netbox --prometheus --servicenow --xlsx --excel'
		files='--party --sites --inventory --contracts --zones --keys --output -o --xlsx'
		dirs='--knowledge --netbox --servicenow'
		words='--site --what-if --as-of --for --lang'
		;;
	serve)
		options='--port -p --ipv6 -6 --listen --name --behind-tls --users --role --by --key --password --add-user --remove-user --password-file --rate --upload-limit --routes --party --site --what-if --as-of --knowledge --keys'
		files='--users --key --password --password-file --party --keys'
		dirs='--knowledge'
		words='--port -p --listen --name --role --by --add-user --remove-user --rate --upload-limit --site --what-if --as-of'
		;;
	seal)
		options='--key -k --password --output -o --timestamp-request --timestamp --timestamp-ca --seal-to --open-with'
		files='--key -k --password --timestamp-request --timestamp --timestamp-ca --open-with'
		dirs='--output -o'
		words='--seal-to'
		;;
	verify)
		options='--silence --universe --party --keys --as-of --knowledge --report --json --key -k --signature --timestamp --timestamp-ca --long -l --rerun'
		files='--universe --party --keys --report --signature --timestamp --timestamp-ca'
		dirs='--knowledge'
		words='--as-of --key -k'
		;;
	check)
		options='--party --sites --inventory --contracts --zones --places --site --what-if --as-of --knowledge --json --jsonl --long -l --color --keys --map --fail-on --sarif --github'
		files='--party --sites --inventory --contracts --zones --keys'
		dirs='--knowledge'
		words='--site --what-if --as-of --map --fail-on'
		;;
	diff)
		options='--party --sites --inventory --contracts --zones --places --site --what-if --as-of --knowledge --json --jsonl --long -l --color --keys --custody --fail-on'
		files='--party --sites --inventory --contracts --zones --keys --custody'
		dirs='--knowledge'
		words='--site --what-if --as-of --fail-on'
		;;
	custody)
		options='--custody --keep --fail-on --as-of --json --color'
		files='--custody'
		dirs=''
		words='--fail-on --as-of'
		;;
	prove)
		options='--output -o'
		files='--output -o'
		dirs=''
		words=''
		;;
	sample)
		options='--sites --max-present --confidence --list --seed --found --inspected --knowledge --json'
		files='--list'
		dirs='--knowledge'
		words='--sites --max-present --confidence --seed --found --inspected'
		;;
	privacy)
		options='--party --site --knowledge --floor --json'
		files='--party'
		dirs='--knowledge'
		words='--site --floor'
		;;
	policy)
		options='--knowledge --as-of'
		files=''
		dirs='--knowledge'
		words='--as-of'
		;;
	protocols)
		options='--markdown --json'
		files=''
		dirs=''
		words=''
		;;
	makers)
		options='--knowledge'
		files=''
		dirs='--knowledge'
		words=''
		;;
	doctor)
		options=''
		files=''
		dirs=''
		words=''
		;;
	esac
	local verbs='audit read poll identify explain attest dispute waive keygen risk fund plan report serve seal verify check diff custody prove sample privacy policy protocols makers doctor'
	compopt -o filenames 2>/dev/null
	case " $files " in
	*" $before "*)
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		return
		;;
	esac
	case " $dirs " in
	*" $before "*)
		mapfile -t COMPREPLY < <(compgen -d -- "$cur")
		return
		;;
	esac
	case " $words " in
	*" $before "*) return ;;
	esac
	if [[ $before == --color ]]; then
		mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$cur")
	elif [[ $cur == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$options --help" -- "$cur")
	elif [[ ! $verb ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$verbs" -- "$cur"
			compgen -f -- "$cur")
	else
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
	fi
}
complete -F _nameplate nameplate
