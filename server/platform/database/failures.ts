const sqlState = (error: unknown): string | undefined => (error as { code?: string } | null)?.code

/** The server went away, or refuses to serve: the request may be tried again elsewhere. */
export const isConnectionLoss = (error: unknown): boolean => {
  const code = sqlState(error)
  return code !== undefined
    ? /^(08|57P0)/.test(code) || ['ECONNRESET', 'ECONNREFUSED', 'EPIPE'].includes(code)
    : error instanceof Error && /Connection terminated|not queryable|Client was closed/.test(error.message)
}

/** Two transactions met: the loser may simply run again. */
export const isRace = (error: unknown): boolean => ['40001', '40P01'].includes(sqlState(error) ?? '')

export const isLockTimeout = (error: unknown): boolean => ['55P03', '57014'].includes(sqlState(error) ?? '')
