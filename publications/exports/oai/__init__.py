"""OAI-PMH 2.0: what machines ask, which records they may learn of, and the answers as XML. http://www.openarchives.org/OAI/openarchivesprotocol.html"""
