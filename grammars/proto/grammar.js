/**
 * Protocol Buffers grammar for bylaw: proto2, proto3 and editions 2023/2024.
 *
 * SPDX-License-Identifier: Apache-2.0
 *
 * The grammar reads what a file says, not whether a compiler would take it:
 * statements come in any order, labels and signs are accepted wherever they
 * can be told apart.  It is LR(1): no declared conflicts, no external scanner.
 *
 * Words are keywords only where the parse state asks for one; everywhere else
 * the lexer hands out `identifier`, so `string message = 1;` needs no rule of
 * its own.  Only the places where a keyword and a name may both start (message
 * and enum bodies) spell the overlap out.
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

/** @param {RuleOrLiteral} rule */
function comma1(rule) {
  return seq(rule, repeat(seq(',', rule)));
}

/**
 * A braced body whose children carry the field `member`.
 * @param {GrammarSymbols<string>} $
 * @param {...RuleOrLiteral} members
 */
function body($, ...members) {
  return seq(
    '{',
    repeat(choice(field('member', choice(...members)), $.empty_statement)),
    '}',
  );
}

export default grammar({
  name: 'proto',

  word: $ => $.identifier,

  extras: $ => [/\s/, $.comment],

  inline: $ => [$._type, $._reserved_name],

  rules: {
    source_file: $ => repeat(choice(
      field('declaration', choice(
        $.syntax,
        $.edition,
        $.package,
        $.import,
        $.option,
        $.message,
        $.enum,
        $.extend,
        $.service,
      )),
      $.empty_statement,
    )),

    empty_statement: _ => ';',

    // ---------------------------------------------------------- file header

    syntax: $ => seq('syntax', '=', field('value', $.string), ';'),

    edition: $ => seq('edition', '=', field('value', $.string), ';'),

    package: $ => seq('package', field('name', $.full_identifier), ';'),

    import: $ => seq(
      'import',
      optional(field('modifier', $.import_modifier)),
      field('path', $.string),
      ';',
    ),

    import_modifier: _ => choice('public', 'weak', 'option'),

    // -------------------------------------------------------------- options

    option: $ => seq(
      'option',
      field('name', $.option_name),
      '=',
      field('value', $._value),
      ';',
    ),

    field_options: $ => seq('[', comma1(field('option', $.field_option)), ']'),

    field_option: $ => seq(
      field('name', $.option_name),
      '=',
      field('value', $._value),
    ),

    option_name: $ => seq(
      field('part', $._option_name_part),
      repeat(seq('.', field('part', $._option_name_part))),
    ),

    _option_name_part: $ => choice($.identifier, $.extension_name),

    extension_name: $ => seq('(', field('name', $.type_name), ')'),

    // --------------------------------------------------------------- values

    _value: $ => choice($._scalar, $.message_literal),

    _scalar: $ => choice(
      $.string,
      $.integer,
      $.float,
      $.boolean,
      $.full_identifier,
    ),

    // Text format: `{ a: 1 b { c: "x" } d: [1, 2] [ext.name]: <> }`.
    message_literal: $ => seq('{', repeat($._literal_entry), '}'),

    _angle_literal: $ => seq('<', repeat($._literal_entry), '>'),

    _literal_entry: $ => seq(
      field('field', $.literal_field),
      optional(choice(',', ';')),
    ),

    literal_field: $ => seq(
      field('name', choice($.identifier, $.literal_extension)),
      choice(
        seq(':', field('value', choice($._literal_value, $.list_literal))),
        field('value', choice($._nested_literal, $.list_literal)),
      ),
    ),

    literal_extension: $ => seq(
      '[',
      optional(seq(field('domain', $.full_identifier), '/')),
      field('name', $.full_identifier),
      ']',
    ),

    list_literal: $ => seq(
      '[',
      optional(comma1(field('element', $._literal_value))),
      ']',
    ),

    _literal_value: $ => choice($._scalar, $._nested_literal),

    _nested_literal: $ => choice(
      $.message_literal,
      alias($._angle_literal, $.message_literal),
    ),

    // ------------------------------------------------------------- messages

    message: $ => seq(
      optional(field('visibility', $.visibility)),
      'message',
      field('name', $.identifier),
      field('body', $.message_body),
    ),

    visibility: _ => choice('export', 'local'),

    message_body: $ => body($,
      $.field,
      alias($._keyword_field, $.field),
      $.map_field,
      $.group,
      $.oneof,
      $.message,
      $.enum,
      $.extend,
      $.extensions,
      $.reserved,
      $.option,
    ),

    field: $ => seq(
      optional(field('label', $.label)),
      field('type', $._type),
      $._field_tail,
    ),

    // A field whose type starts with a word that opens another member here:
    // `message.Foo x = 1;`.  `optional` and `extend` are left out, for before
    // a dot those two are the keyword in front of a fully qualified name.
    _keyword_field: $ => seq(
      field('type', alias($._keyword_type, $.type_name)),
      $._field_tail,
    ),

    _keyword_type: $ => choice(
      alias($._soft_keyword, $.identifier),
      seq(
        alias(choice($._soft_keyword, $._hard_keyword), $.identifier),
        repeat1(seq('.', $.identifier)),
      ),
    ),

    _soft_keyword: _ => choice('map', 'export', 'local'),

    _hard_keyword: _ => choice(
      'message', 'enum', 'option', 'oneof', 'extensions', 'reserved', 'group',
    ),

    _field_tail: $ => seq(
      field('name', $.identifier),
      '=',
      field('number', $.integer),
      optional(field('options', $.field_options)),
      ';',
    ),

    label: _ => token(choice('optional', 'required', 'repeated')),

    map_field: $ => seq(
      'map',
      '<',
      field('key', $._type),
      ',',
      field('value', $._type),
      '>',
      $._field_tail,
    ),

    group: $ => seq(
      optional(field('label', $.label)),
      'group',
      field('name', $.identifier),
      '=',
      field('number', $.integer),
      optional(field('options', $.field_options)),
      field('body', $.message_body),
    ),

    oneof: $ => seq(
      'oneof',
      field('name', $.identifier),
      field('body', $.oneof_body),
    ),

    oneof_body: $ => body($, $.field, $.group, $.option),

    // ------------------------------------------- extensions and reservations

    extensions: $ => seq(
      'extensions',
      comma1(field('range', $.range)),
      optional(field('options', $.field_options)),
      ';',
    ),

    reserved: $ => seq(
      'reserved',
      comma1(choice(field('range', $.range), field('name', $._reserved_name))),
      ';',
    ),

    _reserved_name: $ => choice($.string, $.identifier),

    range: $ => seq(
      field('from', $.integer),
      optional(seq('to', field('to', choice($.integer, $.max)))),
    ),

    max: _ => 'max',

    extend: $ => seq(
      'extend',
      field('type', $.type_name),
      field('body', $.extend_body),
    ),

    extend_body: $ => body($, $.field, $.group),

    // ---------------------------------------------------------------- enums

    enum: $ => seq(
      optional(field('visibility', $.visibility)),
      'enum',
      field('name', $.identifier),
      field('body', $.enum_body),
    ),

    enum_body: $ => body($, $.enum_value, $.option, $.reserved),

    enum_value: $ => seq(
      field('name', choice(
        $.identifier,
        alias(choice('option', 'reserved'), $.identifier),
      )),
      '=',
      field('number', $.integer),
      optional(field('options', $.field_options)),
      ';',
    ),

    // ------------------------------------------------------------- services

    service: $ => seq(
      optional(field('visibility', $.visibility)),
      'service',
      field('name', $.identifier),
      field('body', $.service_body),
    ),

    service_body: $ => body($, $.rpc, $.option),

    rpc: $ => seq(
      'rpc',
      field('name', $.identifier),
      '(',
      optional(field('request_stream', $.stream)),
      field('request', choice($.type_name, alias($._stream_type, $.type_name))),
      ')',
      'returns',
      '(',
      optional(field('response_stream', $.stream)),
      field('response', choice($.type_name, alias($._stream_type, $.type_name))),
      ')',
      choice(field('body', $.rpc_body), ';'),
    ),

    stream: _ => 'stream',

    // A message type that is itself called `stream`.
    _stream_type: $ => alias('stream', $.identifier),

    rpc_body: $ => body($, $.option),

    // -------------------------------------------------------- word literals

    // Word tokens stand ahead of `identifier`, and no two of them match the
    // same word: otherwise the generator does not take them for keywords, and
    // a name that merely equals one is lexed wrongly.

    boolean: _ => token(choice('true', 'false')),

    _float_word: _ => token(choice('inf', 'nan')),

    _signed_float_word: _ => token(choice(
      /I[Nn][Ff]|iN[Ff]|inF/,
      /[Ii][Nn][Ff][Ii][Nn][Ii][Tt][Yy]/,
      /N[Aa][Nn]|nA[Nn]|naN/,
    )),

    // ---------------------------------------------------------------- names

    _type: $ => choice($.primitive_type, $.type_name),

    primitive_type: _ => token(choice(
      'double', 'float',
      'int32', 'int64', 'uint32', 'uint64', 'sint32', 'sint64',
      'fixed32', 'fixed64', 'sfixed32', 'sfixed64',
      'bool', 'string', 'bytes',
    )),

    type_name: $ => seq(optional('.'), $._dotted),

    full_identifier: $ => $._dotted,

    _dotted: $ => seq($.identifier, repeat(seq('.', $.identifier))),

    identifier: _ => /[A-Za-z_][A-Za-z0-9_]*/,

    // ------------------------------------------------------------- literals

    string: $ => repeat1(field('part', $.string_literal)),

    string_literal: _ => token(choice(
      /"([^"\\\r\n]|\\[^\r\n])*"/,
      /'([^'\\\r\n]|\\[^\r\n])*'/,
    )),

    integer: $ => seq(optional('-'), $._integer_literal),

    _integer_literal: _ => token(choice(/[0-9]+/, /0[xX][0-9A-Fa-f]+/)),

    // Unsigned, only `inf` and `nan` are sure not to be enum values; behind a
    // sign the other spellings of text format count too.
    float: $ => choice(
      seq(optional('-'), choice($._float_literal, $._float_word)),
      seq('-', $._signed_float_word),
    ),

    _float_literal: _ => token(choice(
      /[0-9]+\.[0-9]*([eE][+-]?[0-9]+)?[fF]?/,
      /\.[0-9]+([eE][+-]?[0-9]+)?[fF]?/,
      /[0-9]+[eE][+-]?[0-9]+[fF]?/,
      /[0-9]+[fF]/,
    )),

    // --------------------------------------------------------------- extras

    comment: _ => token(choice(
      /\/\/[^\n]*/,
      /\/\*[^*]*\*+([^/*][^*]*\*+)*\//,
    )),
  },
});
