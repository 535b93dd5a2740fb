import partner from '@moviesir/api-client/partner.openapi.json' with { type: 'json' }

/** What the pages say of the API is read from the document that the API itself serves; a test holds the two equal. */
interface Schema {
  $ref?: string
  type?: string | string[]
  format?: string
  description?: string
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  maxItems?: number
  enum?: unknown[]
  default?: unknown
  oneOf?: Schema[]
  allOf?: Schema[]
}

interface Content {
  schema?: Schema
  example?: unknown
  examples?: Record<string, { value: unknown }>
}

interface Operation {
  operationId?: string
  summary?: string
  description?: string
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[]
  requestBody?: { content: Record<string, Content> }
  responses: Record<string, { description: string; content?: Record<string, Content>; headers?: Record<string, unknown> }>
  security?: unknown[]
}

const document = partner as unknown as {
  info: { description: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
  'x-plans': { plan: string; calls_per_day: number; calls_per_second: number }[]
}

export const plans = document['x-plans']

export interface Call {
  method: string
  path: string
  summary: string
  description: string
  /** Fields of the body, or parameters. */
  inputs: Input[]
  example: string | null
  answer: string | null
  /** Statuses other than success, with what they mean. */
  errors: [status: string, meaning: string][]
}

export interface Input {
  name: string
  type: string
  isRequired: boolean
  bounds: string
  description: string
}

export const calls: Call[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => callOf(method.toUpperCase(), path, operation)),
)

function callOf(method: string, path: string, operation: Operation): Call {
  const body = operation.requestBody?.content['application/json']
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))
  const schema = resolveSchema(body?.schema)
  return {
    method,
    path,
    summary: operation.summary ?? '',
    description: operation.description ?? '',
    inputs: [
      ...(operation.parameters ?? []).map(parameter =>
        inputOf(parameter.name, parameter.schema, parameter.required ?? false, parameter.description),
      ),
      ...Object.entries(schema?.properties ?? {}).map(([name, field]) =>
        inputOf(name, field, schema?.required?.includes(name) ?? false),
      ),
    ],
    example: exampleOf(body),
    answer: exampleOf(success?.[1].content?.['application/json']),
    errors: Object.entries(operation.responses)
      .filter(([status]) => !status.startsWith('2'))
      .map(([status, response]) => [status, response.description]),
  }
}

function resolveSchema(schema: Schema | undefined): Schema | undefined {
  const name = schema?.$ref?.split('/').at(-1)
  return name ? document.components.schemas[name] : schema
}

function inputOf(name: string, given: Schema | undefined, isRequired: boolean, description = ''): Input {
  const named = given?.oneOf?.find(one => one.$ref) ?? given
  const schema = { ...resolveSchema(named), ...given }
  return {
    name,
    type: typeOf(schema),
    isRequired,
    bounds: boundsOf(schema),
    description: description || (given?.description ?? schema.description ?? ''),
  }
}

function typeOf(schema: Schema): string {
  const types = [schema.type ?? []].flat().filter(type => (type !== 'null' && type !== 'string') || schema.type === 'string')
  const type = types.includes('integer') ? 'integer' : types.includes('number') ? 'number' : (types[0] ?? 'object')
  return type === 'array' ? `${typeOf(resolveSchema(schema.items) ?? {})}[]` : schema.format === 'uuid' ? 'uuid' : type
}

function boundsOf(schema: Schema): string {
  const bounds: string[] = []
  if (schema.enum) bounds.push(schema.enum.filter(value => value !== null).join(' | '))
  if (schema.minimum !== undefined || schema.maximum !== undefined) bounds.push(`${schema.minimum ?? ''}–${schema.maximum ?? ''}`)
  if (schema.maxLength !== undefined) bounds.push(`≤ ${schema.maxLength}`)
  if (schema.maxItems !== undefined) bounds.push(`≤ ${schema.maxItems} items`)
  if (schema.default !== undefined && schema.default !== null) bounds.push(`= ${JSON.stringify(schema.default)}`)
  return bounds.join(', ')
}

function exampleOf(content: Content | undefined): string | null {
  const value = content?.example ?? Object.values(content?.examples ?? {})[0]?.value
  return value === undefined ? null : JSON.stringify(value, null, 2)
}
