import { resultLabels } from '../../contract/exchanges.ts'

export const resultLabel = (code: string): string => (resultLabels as Readonly<Record<string, string>>)[code] ?? code
