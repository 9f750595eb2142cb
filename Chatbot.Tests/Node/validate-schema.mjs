// Validates a JSON document against a JSON Schema (draft 7): node validate-schema.mjs SCHEMA DOCUMENT
// Prints one fault a line and exits with 1 if there are any.
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";

const [schema, document] = process.argv.slice(2).map(path => JSON.parse(readFileSync(path, "utf8")));

// The published schemas use keywords in ways that strict mode dislikes; that is not ours to judge.
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
if (!validate(document)) {
  for (const error of validate.errors ?? [])
    console.log(`${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
  process.exit(1);
}
