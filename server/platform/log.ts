/** One line of the log, of the same shape in every process: level, instant, message. Fastify's own lines follow it. */
import { systemClock } from './time.ts'

type Level = 'info' | 'warn' | 'error' | 'fatal'

export const logLine = (level: Level, message: string): string =>
  JSON.stringify({ level, time: systemClock().toISOString(), message })

/** Writes to the error output; Fastify writes requests to the other one. */
export const say = (level: Level | 'warning', message: string): void =>
  console.error(logLine(level === 'warning' ? 'warn' : level, message))

/** For Fastify's logger: the same names, and the level in words. */
export const logShape = {
  messageKey: 'message',
  timestamp: () => `,"time":"${systemClock().toISOString()}"`,
  formatters: { level: (level: string) => ({ level }) },
} as const
