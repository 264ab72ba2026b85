import type { Expression, ObjectExpression, Property } from 'estree';

/**
 * The value of a literal expression: numbers, strings, booleans, null, arrays, objects, signs and
 * arithmetic on them. Throws SyntaxError on anything that would need to be run.
 */
export function literalValue(node: Expression): unknown {
  switch (node.type) {
    case 'Literal':
      return node.value;
    case 'ArrayExpression':
      return node.elements.map((element) => {
        if (!element || element.type === 'SpreadElement') throw refused('...');
        return literalValue(element);
      });
    case 'ObjectExpression':
      return objectValue(node);
    case 'UnaryExpression': {
      const value = literalValue(node.argument);
      if (node.operator === '-') return -(value as number);
      if (node.operator === '+') return value;
      throw refused(node.operator);
    }
    case 'BinaryExpression': {
      if (node.left.type === 'PrivateIdentifier') throw refused('#');
      const a = literalValue(node.left) as number;
      const b = literalValue(node.right) as number;
      if (node.operator === '**') return a ** b;
      if (node.operator === '*') return a * b;
      if (node.operator === '/') return a / b;
      if (node.operator === '+') return a + b;
      if (node.operator === '-') return a - b;
      throw refused(node.operator);
    }
    default:
      throw refused(node.type);
  }
}

function objectValue(node: ObjectExpression): Record<string, unknown> {
  const entries = node.properties.map((property): [string, unknown] => {
    if (property.type !== 'Property' || property.computed) throw refused('computed keys');
    return [keyName(property), literalValue(property.value as Expression)];
  });
  return Object.fromEntries(entries);
}

function keyName({ key }: Property): string {
  if (key.type === 'Identifier') return key.name;
  if (key.type === 'Literal') return String(key.value);
  throw refused(key.type);
}

function refused(what: string): SyntaxError {
  return new SyntaxError(`allowed: literal values only (found ${what})`);
}
