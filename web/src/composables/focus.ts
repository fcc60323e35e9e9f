import { nextTick } from 'vue'

/** Gives the focus to what bears this name (`data-focus`), once it is drawn; false if there is no such thing. */
export async function focusNamed(name: string): Promise<boolean> {
  await nextTick()
  const element = document.querySelector(`[data-focus="${CSS.escape(name)}"]`)
  if (!(element instanceof HTMLElement)) return false
  element.focus()
  if (element instanceof HTMLInputElement) element.select()
  return true
}

export function hasFocusNamed(name: string): boolean {
  return document.activeElement?.getAttribute('data-focus') === name
}
