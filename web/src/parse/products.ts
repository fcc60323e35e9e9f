/** Finds products by name: words in order, their beginnings, or initials (`stp 3`). */
import { foldWord } from './words'

export interface NamedProduct {
  product_id: number
  title: string
}

function splitWords(text: string): string[] {
  return foldWord(text).split(/[^a-z0-9]+/).filter(Boolean)
}

/** Whether every typed word is found, in order: as the start of a word or as the initials of several. */
function matchesTitle(typed: readonly string[], title: readonly string[]): boolean {
  let at = 0
  for (const word of typed) {
    let length = 0
    for (; at < title.length && length === 0; at += 1) {
      if (title[at]?.startsWith(word)) length = 1
      else if (word.length > 1 && title.slice(at, at + word.length).map((name) => name[0]).join('') === word) {
        length = word.length
        at += length - 1
      }
    }
    if (length === 0) return false
  }
  return typed.length > 0
}

/** Products that the text may stand for; only the one of exactly this name if there is one. */
export function findProducts<P extends NamedProduct>(text: string, products: readonly P[]): P[] {
  const typed = splitWords(text)
  if (typed.join('').length < 2) return []
  const exact = products.filter((product) => splitWords(product.title).join(' ') === typed.join(' '))
  if (exact.length > 0) return exact
  return products.filter((product) => matchesTitle(typed, splitWords(product.title)))
}
