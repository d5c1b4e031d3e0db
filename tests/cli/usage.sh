. "$(dirname "$0")/lib.sh"

exits "help is not an error" 0 "$chupin" --help
says "the overview names the commands" out explain
exits "a command has its own help" 0 "$chupin" help check
says "help tells the options" out --fail-on
exits "help of a command by option" 0 "$chupin" rules --help
exits "the version is told" 0 "$chupin" --version
says "the version is told" out "chupin "
exits "no command is a usage error" 2 "$chupin"

exits "an unknown command is refused" 2 "$chupin" chekc
says "the nearest command is named" err check
one_line "an unknown command gets one line" err
exits "an unknown option is refused" 2 "$chupin" check --formt json a.pdf
says "the nearest option is named" err --format
exits "an unknown letter is refused" 2 "$chupin" check -x a.pdf
exits "an option of another command is refused" 2 "$chupin" init --fail-on error
exits "a missing argument is refused" 2 "$chupin" check a.pdf --size
exits "an argument too many is refused" 2 "$chupin" check a.pdf --strict=yes
exits "a wrong choice is refused" 2 "$chupin" check --format xml a.pdf
says "the choices are named" err jsonl
exits "a date that is no day is refused" 2 "$chupin" check --as-of 2026-02-30 a.pdf
exits "a limit that is no number is refused" 2 "$chupin" check --timeout soon a.pdf
exits "check wants a file" 2 "$chupin" check
exits "json takes one file" 2 "$chupin" check --format json a.pdf b.pdf
says "jsonl is named instead" err jsonl
exits "a folder without rules is refused" 2 "$chupin" check --rules . a.pdf
exits "an unknown rule is refused" 2 "$chupin" explain page-sise
says "the nearest rule is named" err page-size
exits "an unknown verb is refused" 2 "$chupin" rules lnt
says "the nearest verb is named" err lint

exits "English by option" 2 "$chupin" --lang en nonsense
says "English by option" err "there is no command"
LC_ALL=en_US.UTF-8 exits "English by locale" 2 "$chupin" nonsense
says "English by locale" err "there is no command"
LC_ALL=zh_CN.UTF-8 exits "Chinese by locale" 2 "$chupin" nonsense
says "Chinese by locale" err "没有"
exits "an English message comes with the option before the command" 2 "$chupin" --lang=en check
says "which file" err "which file?"

exits "a shell gets its completions" 0 "$chupin" completion bash
bash -n out 2>err || wrong "the bash completion is bash"
exits "an unknown shell is refused" 2 "$chupin" completion tcsh
exits "a job sheet is written" 0 "$chupin" init
[ -s chupin.yaml ] || wrong "init writes chupin.yaml"
exits "a job sheet is never overwritten" 2 "$chupin" init
exits "a folder that is not there is refused" 2 "$chupin" init nowhere

exits "the rules are sound" 0 "$chupin" rules lint
exits "the rules' own rows come out" 0 "$chupin" rules test
exits "the rules are listed" 0 "$chupin" rules list
says "the rules are listed" out page-size
exits "a rule is shown" 0 "$chupin" rules show page-size
says "a rule is shown as it is written" out "id: page-size"
exits "a rule is explained" 0 "$chupin" --lang en explain page-size
says "what two people have to waive is said" out "waived by two people only"
says "the explanation says why" out Why
mkdir -p bad/page
cp "$source"/rules/*.yaml bad/
printf 'id: broken\nitem: 99\neach: strok\nrequire: stroke.width_mn >= 0.2\n' >bad/page/broken.yaml
exits "a broken rule stops everything" 2 "$chupin" rules lint bad
says "the place of the error is named" err "broken.yaml:"
exits "the facts are described" 0 "$chupin" facts --schema
says "the facts are described" out width_min
finish
