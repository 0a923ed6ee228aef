import { useEffect, useState } from 'react'

/** Taken out of the address as soon as it is read. */
const taken = (): string => {
  const { hash, pathname, search } = window.location
  if (hash) window.history.replaceState(window.history.state, '', pathname + search)
  return hash.slice(1)
}

/**
 * The token of the link that led here; '': none, or one cut short. It stands after #, which no browser sends: it is
 * in no log and in no other site's referrer. Another link opened in the same tab is followed anew.
 */
export const useLinkToken = (): string => {
  const [token] = useState(taken)
  useEffect(() => {
    const follow = () => {
      if (window.location.hash) window.location.reload()
    }
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [])
  return /^[\w-]{43}$/.test(token) ? token : ''
}
