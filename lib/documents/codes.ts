import type { Codes } from '../values/codes';

/** Codes of files and their formats (HPC2000-2499). */
export const documentCodes = {
  // The family of slurm.conf: HPC2010-2039.
  HPC2010: {
    title: 'text that slurm.conf cannot carry',
    why: 'Slurm reads its files line by line and knows no escape for a double quote (keyvalue_pattern in parse_config.c): it would end the value there, or start the next one.',
    fix: 'Leave out double quotes, line breaks and other control characters.',
  },
  HPC2011: {
    title: 'a key that Slurm cannot read',
    why: 'A key is made of letters, digits, "_" and "."; anything else makes the whole line a parsing error.',
    fix: 'Write the key as the man page of the file does.',
  },
  HPC2012: {
    title: 'a line that Slurm cannot read',
    why: 'A line is a comment, an Include, or Key=Value pairs separated by blanks. Slurm stops at the first thing that is none of these, and its daemons do not start.',
    fix: 'Write Key=Value, with the value in double quotes when it has blanks.',
  },
  HPC2013: {
    title: 'an Include path that Slurm cannot read',
    why: 'The path ends at the first blank, quotes are part of it, and "*" is not expanded.',
    fix: 'Name one file without blanks, quotes or "*".',
  },
  HPC2014: {
    title: 'an operator before "="',
    why: 'The line parser of Slurm reads +=, -=, *= and /=, but the keys of these files ignore the operator: the value replaces the one before.',
    fix: 'Write the whole value with a plain "=".',
  },
  // Text formats for software: HPC2040-2079.
  HPC2040: {
    title: 'a character that no text file carries',
    why: 'A NUL ends a string in every program written in C, and half of a surrogate pair is not a character: UTF-8 has no bytes for it.',
    fix: 'Remove the character.',
  },
  HPC2041: {
    title: 'a line break or control character where the format has one line',
    why: 'The reader would take the rest of the value as the next line of the file, as a directive of its own.',
    fix: 'Write the value in one line of printable characters.',
  },
  HPC2042: {
    title: 'a value that readers of INI files disagree on',
    why: 'INI has no standard: readers strip blanks and quotes, expand % and ${, and start comments at ; or # in different ways.',
    fix: 'Use a value without quotes, %, ${, ; or # after a blank, a backslash at its end, and blanks around it.',
  },
  HPC2043: {
    title: 'an Apptainer build argument inside a value',
    why: 'Apptainer replaces {{ NAME }} anywhere in a definition file before it reads it, and has no way to escape one.',
    fix: 'Write the braces apart, or pass the value in at run time.',
  },
  HPC2044: {
    title: 'a line that starts a section of a definition file',
    why: 'Apptainer starts a new section at every line whose first word begins with %, even inside a quoted string.',
    fix: 'Start the line with something else than %.',
  },
  HPC2045: {
    title: 'a character that XML does not allow',
    why: 'XML 1.0 section 2.2 leaves out most control characters, escaped ones too.',
    fix: 'Remove the character.',
  },
  HPC2046: {
    title: 'a backslash at the end of a comment',
    why: 'Several readers join such a line with the next one, and the next line becomes a comment too.',
    fix: 'End the text with another character.',
  },
  HPC2047: {
    title: 'text that Terraform changes',
    why: "Terraform compares text in Unicode's composed form (NFC) and drops a byte order mark at its start: another text would reach the cloud.",
    fix: 'Write accented letters as one character, and no byte order mark.',
  },
  HPC2050: {
    title: 'a Lua file of Lmod that cannot be read',
    why: 'Modulefiles, .modulerc.lua and lmodrc.lua are read in the part of Lua that hpcdk writes: calls with literal arguments, `if mode() == "load"`, tables of literals and comments.',
    fix: 'Write the line in that part of Lua, or keep the file as one that hpcdk does not read.',
  },
  HPC2051: {
    title: 'a call that a Lua file of Lmod cannot hold',
    why: 'Lmod knows a fixed set of functions, and Lua has no literal for a number that is not finite.',
    fix: 'Call a function of Lmod with strings and finite numbers.',
  },
  HPC2052: {
    title: 'a table of lmodrc.lua in another form than Lmod reads',
    why: 'propT maps a property to validT and displayT; scDescriptT lists folders of spider caches with their timestamp files.',
    fix: 'Write the table as the guide of Lmod does.',
  },
  HPC2053: {
    title: 'a line break in what a modulefile hands to the shell',
    why: 'Lmod before 8.7 does not quote it: the shell of the user runs the rest of the value as a command (measured with Lmod 8.6.19).',
    fix: 'Write the value in one line; help, whatis and messages may have several.',
  },
  HPC2054: {
    title: 'a name in a modulefile that a shell cannot hold',
    why: 'Lmod writes the name into a shell script unquoted, and silently drops a variable with a dot in its name.',
    fix: 'Use letters, digits and "_" in the name of a variable; an alias may have ".", "+" and "-" too.',
  },
  HPC2060: {
    title: 'what a Containerfile cannot carry',
    why: 'A Containerfile joins lines, splits words and expands $ before it reads an instruction; only values of ENV, LABEL and ARG and the JSON form have quotes.',
    fix: 'Use the JSON form, or a value without the characters that the message names.',
  },
  HPC2061: {
    title: 'a Containerfile that cannot be read',
    why: 'Instructions are read in the part of the language that hpcdk writes: no heredocs, no modifiers of variables, no ONBUILD and HEALTHCHECK.',
    fix: 'Write the line in that part of the language, or keep the file as one that hpcdk does not read.',
  },
  HPC2062: {
    title: 'what an Apptainer definition cannot carry',
    why: 'A definition is read line by line, blanks at the ends of a line are dropped, and only words of the shell have quotes.',
    fix: 'Use a value without the characters that the message names.',
  },
  HPC2063: {
    title: 'an Apptainer definition that cannot be read',
    why: 'Headers, scripts, %labels, %files and %environment with `export NAME=value` are read; the rest is left to Apptainer.',
    fix: 'Write the line in that part of the language, or keep the file as one that hpcdk does not read.',
  },
  HPC2064: {
    title: 'a YAML file that cannot be read',
    why: 'The text is not YAML, or it holds more than one document.',
    fix: 'Mend the line that the message names.',
  },
  HPC2065: {
    title: 'what YAML and JSON cannot carry',
    why: 'Their values are null, booleans, finite numbers, strings, lists and records; anything else would silently become something different.',
    fix: 'Give one of these values.',
  },
  HPC2066: {
    title: 'a JSON file that cannot be read',
    why: 'The text is not JSON as RFC 8259 has it: no comments, no comma at the end of a list.',
    fix: 'Mend the place that the message names.',
  },
  HPC2080: {
    title: 'a value that a file of variables cannot carry',
    why: 'systemd reads one variable a line (systemd.exec(5), EnvironmentFile).',
    fix: 'Use a value in one line without control characters.',
  },
  HPC2081: {
    title: 'a line of a file of variables that cannot be read',
    why: 'Variables are written as NAME="value", one a line.',
    fix: 'Write the line in that form.',
  },
} as const satisfies Codes;
