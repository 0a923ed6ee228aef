import type { FastifyInstance } from 'fastify'
import type { Config } from './platform/config.ts'
import type { Database } from './platform/database.ts'

/** The features' own exceptions to `load → may → run` (platform/exceptions.ts names each). */
export const plugins = (_config: Config, _database: Database): readonly ((server: FastifyInstance) => void | Promise<void>)[] => []
