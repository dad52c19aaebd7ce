import { CST, Lexer } from "yaml";

/**
 * Where the first tab is that PyYAML stumbles over: it takes tabs in quoted texts, block texts and comments alone, while
 * YAML has them between words too.
 */
export function tabBetweenWords(text: string): number | undefined {
  let [offset, isContent, isBlock] = [0, false, false];
  for (const lexeme of new Lexer().lex(text)) {
    const type = CST.tokenType(lexeme);
    if (lexeme === CST.SCALAR) isContent = true;
    // Marks of the lexer's own, which stand for no character.
    if (lexeme === CST.SCALAR || lexeme === CST.DOCUMENT || lexeme === CST.FLOW_END) continue;
    const tab = lexeme.indexOf("\t");
    const isText = isContent ? isBlock : type !== "space";
    if (tab !== -1 && !isText) return offset + tab;
    if (type === "block-scalar-header") isBlock = true;
    else if (isContent) isBlock = false;
    isContent = false;
    offset += lexeme.length;
  }
  return undefined;
}
