# docs/rules.md as chupin-rules(7): headings, paragraphs, lists, tables and examples, and no more of Markdown.
BEGIN {
    print ".TH CHUPIN\\-RULES 7 \"\" \"chupin\"\n.ad l\n.SH NAME"
    print "chupin\\-rules \\- the rule language 规则语言\n.SH DESCRIPTION"
}
function roff(s) {
    gsub(/\\/, "\\e", s)
    gsub(/-/, "\\-", s)
    gsub(/`|\*\*/, "", s)
    gsub(/\[/, "[", s)
    return s ~ /^[.']/ ? "\\\\\\&" s : s
}
/^```/ {
    example = !example
    print example ? ".PP\n.RS 4\n.nf" : ".fi\n.RE"
    next
}
example {
    gsub(/\\/, "\\e")
    gsub(/-/, "\\-")
    print ($0 ~ /^[.']/ ? "\\&" : "") $0
    next
}
/^# / { next }
/^## / { print ".SH " roff(substr($0, 4)); next }
/^### / { print ".SS " roff(substr($0, 5)); next }
/^\|[-| ]*$/ { next }
/^\| / {
    line = substr($0, 3)
    sub(/ *\|$/, "", line)
    gsub(/\\\|/, "\001", line)
    cells = split(line, cell, / \| /)
    for (i = 1; i <= cells; i++)
        gsub(/\001/, "|", cell[i])
    print ".TP\n.B " roff(cell[1])
    text = cell[2]
    for (i = 3; i <= cells; i++)
        text = text " \\(en " cell[i]
    gsub(/\\\(en/, "\002", text)
    text = roff(text)
    gsub(/\002/, "\\(en", text)
    print text
    next
}
/^- / { print ".IP \\(bu 2\n" roff(substr($0, 3)); next }
/^$/ { print ".PP"; next }
{ print roff($0) }
END { print ".SH SEE ALSO\n.BR chupin (1),\n.BR chupin\\-yaml (5)" }
