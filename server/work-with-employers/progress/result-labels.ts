import { resultLabels } from '../../../contract/work-with-employers/exchanges.ts'

export const resultLabel = (code: string): string => (resultLabels as Readonly<Record<string, string>>)[code] ?? code
