# bash completion for chupin, made by: chupin completion bash
_chupin() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
    local options= words=
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "check batch sign waive job report watch facts plates explain rules init hook doctor completion help --help --version" -- "$word"))
        return
    fi
    case ${COMP_WORDS[1]} in
    check)
        case $previous in
        --format) COMPREPLY=($(compgen -W "text json jsonl gcc html csv junit sarif" -- "$word")) ; return ;;
        --jobs|-j) return ;;
        --report) return ;;
        --against) return ;;
        --by) return ;;
        --output|-o) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --fail-on) COMPREPLY=($(compgen -W "error warning info" -- "$word")) ; return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$word")) ; return ;;
        --as-of) return ;;
        --job) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --profile) return ;;
        --size) return ;;
        --bleed) return ;;
        --pages) return ;;
        --paper) return ;;
        --process) return ;;
        --ink) return ;;
        --text) return ;;
        --live) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --password) return ;;
        --timeout) return ;;
        --rules) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --lang) COMPREPLY=($(compgen -W "zh en auto" -- "$word")) ; return ;;
        esac
        options="--format --jobs --report --record --against --require-sign --by --output --fail-on --strict --quiet --color --as-of --job --profile --size --bleed --pages --paper --process --ink --text --live --deep --password --timeout --rules --lang --help --version "
        words=""
        ;;
    batch)
        case $previous in
        --format) COMPREPLY=($(compgen -W "text jsonl csv junit sarif gcc html" -- "$word")) ; return ;;
        --summary) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --run-sheet) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --jobs|-j) return ;;
        --output|-o) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --fail-on) COMPREPLY=($(compgen -W "error warning info" -- "$word")) ; return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$word")) ; return ;;
        --as-of) return ;;
        --job) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --profile) return ;;
        --size) return ;;
        --bleed) return ;;
        --pages) return ;;
        --paper) return ;;
        --process) return ;;
        --ink) return ;;
        --text) return ;;
        --password) return ;;
        --timeout) return ;;
        --rules) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --lang) COMPREPLY=($(compgen -W "zh en auto" -- "$word")) ; return ;;
        esac
        options="--format --summary --run-sheet --jobs --resume --no-cache --stdin-list0 --quiet --require-sign --output --fail-on --strict --color --as-of --job --profile --size --bleed --pages --paper --process --ink --text --deep --password --timeout --rules --lang --help --version "
        words=""
        ;;
    sign)
        case $previous in
        --against) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --item) return ;;
        --party) return ;;
        --by) return ;;
        --role) return ;;
        --note) return ;;
        --scan) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --record) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --as-of) return ;;
        --job) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --profile) return ;;
        --size) return ;;
        --bleed) return ;;
        --pages) return ;;
        --paper) return ;;
        --process) return ;;
        --ink) return ;;
        --text) return ;;
        --live) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --password) return ;;
        --timeout) return ;;
        --rules) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --lang) COMPREPLY=($(compgen -W "zh en auto" -- "$word")) ; return ;;
        esac
        options="--against --item --yes --no --na --all --from-sheet --carry --approve --approve-with-changes --reject --party --by --role --note --scan --record --as-of --job --profile --size --bleed --pages --paper --process --ink --text --live --deep --password --timeout --rules --lang --help --version "
        words=""
        ;;
    waive)
        case $previous in
        --by) return ;;
        --role) return ;;
        --why) return ;;
        --until) return ;;
        --record) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --job) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --profile) return ;;
        --rules) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --lang) COMPREPLY=($(compgen -W "zh en auto" -- "$word")) ; return ;;
        esac
        options="--all --by --role --why --until --record --job --profile --rules --lang --help --version "
        words=""
        ;;
    job)
        case $previous in
        --format) COMPREPLY=($(compgen -W "text json" -- "$word")) ; return ;;
        --by) return ;;
        --record) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --head) return ;;
        --output|-o) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --job) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --profile) return ;;
        --rules) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --lang) COMPREPLY=($(compgen -W "zh en auto" -- "$word")) ; return ;;
        esac
        options="--format --by --record --head --output --job --profile --rules --lang --help --version "
        words="show list new lint export import verify rebuild"
        ;;
    report)
        case $previous in
        --format) COMPREPLY=($(compgen -W "text html sheet annotated json csv junit sarif gcc" -- "$word")) ; return ;;
        --record) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --output|-o) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --job) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --profile) return ;;
        --rules) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --lang) COMPREPLY=($(compgen -W "zh en auto" -- "$word")) ; return ;;
        esac
        options="--format --record --output --job --profile --rules --lang --help --version "
        words=""
        ;;
    watch)
        case $previous in
        --jobs|-j) return ;;
        --poll) return ;;
        --settle) return ;;
        --patience) return ;;
        --report) return ;;
        --record) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --profile) return ;;
        --timeout) return ;;
        --rules) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --lang) COMPREPLY=($(compgen -W "zh en auto" -- "$word")) ; return ;;
        esac
        options="--once --in-place --jobs --poll --settle --patience --no-inotify --report --record --profile --deep --timeout --rules --lang --help --version "
        words=""
        ;;
    facts)
        case $previous in
        --output|-o) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --as-of) return ;;
        --job) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --profile) return ;;
        --size) return ;;
        --bleed) return ;;
        --pages) return ;;
        --paper) return ;;
        --process) return ;;
        --ink) return ;;
        --text) return ;;
        --password) return ;;
        --timeout) return ;;
        --format) return ;;
        --with) COMPREPLY=($(compgen -W "plates pixels plates,pixels" -- "$word")) ; return ;;
        --rules) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --lang) COMPREPLY=($(compgen -W "zh en auto" -- "$word")) ; return ;;
        esac
        options="--output --as-of --job --profile --size --bleed --pages --paper --process --ink --text --password --timeout --format --with --schema --rules --lang --help --version "
        words=""
        ;;
    plates)
        case $previous in
        --output|-o) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --page) return ;;
        --ppi) return ;;
        --region) return ;;
        --format) COMPREPLY=($(compgen -W "tiff png" -- "$word")) ; return ;;
        --jobs|-j) return ;;
        --job) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --password) return ;;
        --timeout) return ;;
        --rules) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --lang) COMPREPLY=($(compgen -W "zh en auto" -- "$word")) ; return ;;
        esac
        options="--output --page --ppi --region --format --jobs --job --password --timeout --rules --lang --help --version "
        words=""
        ;;
    explain)
        case $previous in
        --rules) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --lang) COMPREPLY=($(compgen -W "zh en auto" -- "$word")) ; return ;;
        esac
        options="--rules --lang --help --version "
        words="$(chupin rules list 2>/dev/null | cut -d' ' -f1)"
        ;;
    rules)
        case $previous in
        --rules) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --lang) COMPREPLY=($(compgen -W "zh en auto" -- "$word")) ; return ;;
        esac
        options="--rules --lang --help --version "
        words="list show lint test"
        ;;
    init)
        case $previous in
        --lang) COMPREPLY=($(compgen -W "zh en auto" -- "$word")) ; return ;;
        esac
        options="--hotfolder --lang --help --version "
        words=""
        ;;
    hook)
        case $previous in
        --fail-on) COMPREPLY=($(compgen -W "error warning info" -- "$word")) ; return ;;
        --lang) COMPREPLY=($(compgen -W "zh en auto" -- "$word")) ; return ;;
        esac
        options="--chain --fail-on --strict --lang --help --version "
        words="install uninstall run pre-commit pre-push files"
        ;;
    doctor)
        case $previous in
        --format) COMPREPLY=($(compgen -W "text json" -- "$word")) ; return ;;
        --record) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --profile) return ;;
        --rules) COMPREPLY=($(compgen -f -- "$word")) ; return ;;
        --lang) COMPREPLY=($(compgen -W "zh en auto" -- "$word")) ; return ;;
        esac
        options="--format --record --profile --rules --lang --help --version "
        words=""
        ;;
    completion)
        case $previous in
        --lang) COMPREPLY=($(compgen -W "zh en auto" -- "$word")) ; return ;;
        esac
        options="--lang --help --version "
        words="bash zsh fish"
        ;;
    help)
        case $previous in
        --lang) COMPREPLY=($(compgen -W "zh en auto" -- "$word")) ; return ;;
        esac
        options="--man --lang --help --version "
        words="check batch sign waive job report watch facts plates explain rules init hook doctor completion help "
        ;;
    esac
    case $word in
    -*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;
    *) if [ -n "$words" ]; then COMPREPLY=($(compgen -W "$words" -- "$word"))
       else COMPREPLY=($(compgen -f -- "$word")); fi ;;
    esac
}
complete -o filenames -F _chupin chupin
