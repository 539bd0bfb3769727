// Reads an AsyncAPI document as AsyncAPI's own parser does; run by scripts/lint-contract.
import { readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';

const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], 'utf8'));
const errors = diagnostics.filter((each) => each.severity === 0);
for (const each of errors) {
  console.error(`${each.path.join('.')}: ${each.message}`);
}
if (!document || errors.length > 0) {
  process.exit(1);
}
console.log(`AsyncAPI: ${document.allChannels().length} channels, ${document.allMessages().length} messages, no error.`);
